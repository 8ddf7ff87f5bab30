package dev.faultline.cli;

import dev.faultline.cli.bench.CheckerBench;
import dev.faultline.cli.bench.Line;
import dev.faultline.harness.EnvironmentException;
import dev.faultline.json.Json;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code faultline bench checker}: the checker beside its bars and its peers. */
@Command(
    name = "checker",
    sortOptions = false,
    description = {
      "The checker beside the bars of docs/benchmarks.md, and beside Porcupine and PolyLin.%n",
      "Peers run where scripts/peers/install DIR put them; their recorded histories are used too. "
          + "All in one run, one thread each, warm, the median of at least seven checks "
          + "(three where one takes seconds). Exits with 1 if a floor is missed.%n"
    })
final class BenchCheckerCommand implements Callable<Integer> {
  private static final int BARS = 23;

  private final Root root;

  @Option(names = "--peers", paramLabel = "DIR", description = "Where peers are installed.")
  private @Nullable Path peers;

  @Option(
      names = "--histories",
      paramLabel = "DIR",
      description = "Recorded histories with their MANIFEST.tsv.")
  private @Nullable Path histories;

  @Option(
      names = "--rows",
      paramLabel = "N[-N]",
      split = ",",
      description = "These bars only, such as 2-7,15; 0 is a table of crashed operations.")
  private List<String> rows = List.of("0-23");

  @Option(names = "--cap", paramLabel = "SECONDS", description = "Of a peer's check; 60.")
  private long cap = 60;

  @Option(names = "--scale", hidden = true)
  private int scale = 1;

  @Option(names = "--json", description = "Print the figures as JSON.")
  private boolean json;

  BenchCheckerCommand(Root root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    CheckerBench bench = new CheckerBench(peers, histories, Math.max(1, scale), cap);
    List<Line> lines = new ArrayList<>();
    bench.run(
        bars(),
        line -> {
          lines.add(line);
          if (!root.quiet()) {
            root.terminal()
                .err()
                .printf(
                    "%d  %s: %s  %s%n", line.bar(), line.what(), line.ours(), line.grade().word());
            root.terminal().err().flush();
          }
        });
    lines.sort(Comparator.comparingInt(Line::bar));
    PrintStream out = root.terminal().out();
    out.print(json ? Json.pretty(data(bench, lines)) : table(bench, lines));
    out.flush();
    return lines.stream().anyMatch(l -> l.grade() == Line.Grade.MISSED) ? 1 : 0;
  }

  private Set<Integer> bars() {
    Set<Integer> bars = new TreeSet<>();
    for (String range : rows) {
      String[] ends = range.split("-", -1);
      try {
        int from = Integer.parseInt(ends[0].strip());
        int to = Integer.parseInt(ends[ends.length - 1].strip());
        if (ends.length > 2 || from < 0 || to > BARS || from > to) {
          throw new NumberFormatException();
        }
        for (int bar = from; bar <= to; bar++) {
          bars.add(bar);
        }
      } catch (NumberFormatException e) {
        throw new EnvironmentException(
            "--rows %s: want numbers or ranges within 0-%d, such as 2-7,15".formatted(range, BARS),
            e);
      }
    }
    return bars;
  }

  private static String table(CheckerBench bench, List<Line> lines) {
    Table table = new Table(0, "BAR", "WHAT", "FLOOR", "AIM", "OURS", "PEER", "RATIO", "MET");
    for (Line line : lines) {
      table.row(
          Integer.toString(line.bar()),
          line.what(),
          line.floor(),
          line.aim(),
          line.ours(),
          line.peer(),
          line.ratioText(),
          line.grade().word());
    }
    return table.text() + "\nPeers: " + bench.peers() + ".\n";
  }

  private static Map<String, @Nullable Object> data(CheckerBench bench, List<Line> lines) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("peers", bench.peers());
    map.put("lines", lines.stream().map(line -> (Object) line.data()).toList());
    return map;
  }
}
