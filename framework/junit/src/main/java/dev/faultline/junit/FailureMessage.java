package dev.faultline.junit;

import dev.faultline.checker.Verdict;
import dev.faultline.checker.Witness;
import dev.faultline.harness.Report;
import dev.faultline.harness.judge.Judgement;
import dev.faultline.harness.judge.Judgement.Finding;
import dev.faultline.harness.judge.Judgement.Status;
import dev.faultline.harness.run.Catalog;
import dev.faultline.harness.run.RunResult;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a test says whose run did not end as demanded. */
final class FailureMessage {
  private static final int WIDTH = 100;

  private FailureMessage() {}

  static String of(RunResult run, FaultTest test, Method method, long seed) {
    String again = again(method, seed);
    List<String> lines = new ArrayList<>();
    lines.add(headline(run, test));
    lines.addAll(body(run, again, screen()));
    lines.add("  report: " + report(run.dir()));
    lines.add("  again:  " + again);
    return String.join("\n", lines);
  }

  /** The command that runs the test with one seed. */
  static String again(Method method, long seed) {
    String which = "-Dtest=" + RunDirectory.className(method) + "#" + method.getName();
    String quoted = which.contains("$") ? "'" + which + "'" : which; // a shell would expand it
    return "mvn test %s -D%s=%d".formatted(quoted, Seeds.SEED, seed);
  }

  private static String headline(RunResult run, FaultTest test) {
    Judgement judgement = run.judgement();
    Finding first = judgement.headline();
    String is =
        run.run().targetName()
            + " is "
            + judgement.status()
            + (first == null ? "" : ": " + first.property());
    if (test.verdict() == Status.VALID) {
      return is;
    }
    return "%s; demanded: %s%s"
        .formatted(is, test.verdict(), test.property().isEmpty() ? "" : " by " + test.property());
  }

  /** What the report for the terminal says below its first line, else the bare facts. */
  static List<String> body(RunResult run, String again, Report.@Nullable Screen screen) {
    if (screen == null) {
      return facts(run.judgement());
    }
    Report.Input input =
        new Report.Input(run.run(), run.history(), run.judgement(), run.dir(), again);
    return screen
        .show(input, WIDTH, false)
        .lines()
        .skip(1)
        .filter(line -> !line.strip().startsWith("see ") && !line.strip().startsWith("again "))
        .map(String::stripTrailing)
        .toList();
  }

  static Report.@Nullable Screen screen() {
    for (Report report : Catalog.reports()) {
      if (report instanceof Report.Screen screen) {
        return screen;
      }
    }
    return null;
  }

  private static List<String> facts(Judgement judgement) {
    List<String> lines = new ArrayList<>();
    judgement.reasons().forEach(reason -> lines.add("  " + reason));
    for (Finding finding : judgement.findings()) {
      if (finding.fails() && finding.verdict() instanceof Verdict.Invalid invalid) {
        lines.add("  " + invalid.witness().sentence());
        invalid.witness().steps().forEach(step -> lines.add(step(step)));
      }
    }
    return lines;
  }

  private static String step(Witness.Step step) {
    return String.format(
        Locale.ROOT,
        "%9.3f  %s  %s%s",
        step.time() / 1e9,
        step.lane(),
        step.text(),
        step.remark() == null ? "" : "  ◄ " + step.remark());
  }

  /** The page for a browser where there is one, else the directory. */
  static Path report(Path dir) {
    return Catalog.reports().stream()
        .map(report -> dir.resolve(report.fileName()))
        .filter(file -> file.toString().endsWith(".html") && Files.exists(file))
        .findFirst()
        .orElse(dir);
  }
}
