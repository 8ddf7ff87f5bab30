package dev.faultline.cli;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.search.Summary;
import dev.faultline.json.Json;
import dev.faultline.json.JsonException;
import dev.faultline.json.JsonView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code faultline merge}: what the shards of one search found together. */
@Command(
    name = "merge",
    sortOptions = false,
    description = "Add up what 'explore --shard I/N --json' wrote.%n",
    footer = "%nExit code 1: something was found.")
final class MergeCommand implements Callable<Integer> {
  private final Root root;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "What each shard wrote.")
  private List<Path> files = List.of();

  @Option(names = "--json", description = "Print the sum as JSON.")
  private boolean json;

  MergeCommand(Root root) {
    this.root = root;
  }

  /** A shard's result and what it was a part of. */
  private record Part(Map<String, @Nullable Object> campaign, Shard shard, Summary summary) {}

  @Override
  public Integer call() {
    Map<Long, Path> shards = new TreeMap<>();
    @Nullable Part first = null;
    @Nullable Summary sum = null;
    for (Path file : files) {
      Part part = read(file);
      Path twice = shards.put(part.shard.part(), file);
      if (first != null && first.shard.of() != part.shard.of()) {
        throw new EnvironmentException(
            "%s is shard %s, but %s is shard %s; give shards of one division"
                .formatted(file, part.shard, files.get(0), first.shard));
      }
      if (twice != null) {
        throw new EnvironmentException(
            "%s and %s are both shard %s; give each shard once".formatted(twice, file, part.shard));
      }
      if (first != null && !first.campaign.equals(part.campaign)) {
        throw new EnvironmentException(
            "%s is of another search than %s: %s, not %s"
                .formatted(
                    file, files.get(0), Json.write(part.campaign), Json.write(first.campaign)));
      }
      first = first == null ? part : first;
      sum = sum == null ? part.summary : sum.plus(part.summary);
    }
    if (sum == null || first == null) {
      throw new EnvironmentException("merge: give at least one file");
    }
    List<Long> missing =
        LongStream.rangeClosed(1, first.shard.of())
            .filter(s -> !shards.containsKey(s))
            .boxed()
            .toList();
    root.terminal().out().print(json ? Json.pretty(data(first, missing, sum)) : text(sum));
    root.terminal().out().flush();
    if (!missing.isEmpty() && !root.quiet()) {
      root.terminal().err().printf("missing: shard %s of %d%n", listed(missing), first.shard.of());
      root.terminal().err().flush();
    }
    return sum.findings().isEmpty() ? 0 : 1;
  }

  private static Part read(Path file) {
    try {
      JsonView view = JsonView.parse(file.toString(), Files.readString(file));
      return new Part(
          view.get("campaign").map(),
          Shard.parse(file + ": shard", view.get("shard").string()),
          Summary.fromJson(view));
    } catch (JsonException e) {
      throw new EnvironmentException(e.getMessage() + "; want what 'explore --json' wrote", e);
    } catch (IOException e) {
      throw new EnvironmentException("cannot read " + file + ": " + e, e);
    }
  }

  private static Map<String, @Nullable Object> data(Part first, List<Long> missing, Summary sum) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("campaign", first.campaign);
    map.put("shards", first.shard.of());
    map.put("missing", missing);
    map.putAll(sum.toJson());
    return map;
  }

  private static String listed(List<Long> shards) {
    return String.join(", ", shards.stream().map(String::valueOf).toList());
  }

  private static String text(Summary sum) {
    StringBuilder out = new StringBuilder();
    out.append(
        "%,d schedules  %s  campaign %016x%n"
            .formatted(sum.schedules(), ExploreText.counts(sum.pulse()), sum.hash()));
    sum.goals()
        .forEach((goal, times) ->
            out.append(
                times == 0
                    ? "never reached: %s%n".formatted(goal)
                    : "%,8d ×  %s%n".formatted(times, goal)));
    for (Summary.Found found : sum.findings()) {
      out.append(
          "%s: first in schedule %,d, %,d times%n"
              .formatted(found.cause(), found.index(), found.times()));
    }
    return out.toString();
  }
}
