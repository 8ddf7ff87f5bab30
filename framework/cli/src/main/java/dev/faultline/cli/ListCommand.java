package dev.faultline.cli;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.Target;
import dev.faultline.harness.run.Catalog;
import dev.faultline.json.Json;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code faultline list}: what there is. */
@Command(
    name = "list",
    description = "Show targets, workloads, faults, environments and properties.%n")
final class ListCommand implements Callable<Integer> {
  private final Root root;

  @Parameters(
      arity = "0..1",
      paramLabel = "WHAT",
      description =
          "targets, workloads, faults, profiles, environments, properties, or a target's name.")
  private @Nullable String what;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Option(
      names = "--markdown",
      description = "With faults: print docs/faults.md, what can be done where and why not.")
  private boolean markdown;

  ListCommand(Root root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    String asked = what;
    if (markdown && !"faults".equals(asked)) {
      throw new EnvironmentException("--markdown is for: faultline list faults --markdown");
    }
    List<Section> sections = Arrays.asList(Section.values());
    if (asked != null) {
      Section section = section(asked);
      if (section == null) {
        return target(asked);
      }
      if (markdown) {
        root.terminal().out().print(FaultsPage.text());
        return 0;
      }
      sections = section == Section.FAULTS ? List.of(section, Section.PROFILES) : List.of(section);
    }
    if (json) {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      sections.forEach(s -> map.put(Trouble.word(s), s.json()));
      root.terminal().out().print(Json.pretty(map));
      return 0;
    }
    String gap = "";
    for (Section section : sections) {
      root.terminal().out().print(gap + section.table(root.terminal().outWidth()));
      gap = "\n";
    }
    return 0;
  }

  private static @Nullable Section section(String asked) {
    for (Section section : Section.values()) {
      String word = section.name().toLowerCase(Locale.ROOT);
      if (word.equals(asked)) {
        return section;
      }
    }
    return null;
  }

  private int target(String asked) {
    Target found =
        Catalog.targets().stream().filter(t -> t.id().equals(asked)).findFirst().orElse(null);
    if (found == null) {
      List<String> words =
          Arrays.stream(Section.values()).map(s -> s.name().toLowerCase(Locale.ROOT)).toList();
      throw new EnvironmentException(
          "list %s: want %s, or the name of a target".formatted(asked, String.join(", ", words)));
    }
    root.terminal()
        .out()
        .print(
            json
                ? Json.pretty(TargetPage.json(found))
                : TargetPage.text(found, root.terminal().outWidth()));
    return 0;
  }
}
