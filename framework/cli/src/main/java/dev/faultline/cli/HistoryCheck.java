package dev.faultline.cli;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Certificate;
import dev.faultline.checker.ImportedCheck;
import dev.faultline.checker.Verdict;
import dev.faultline.harness.EnvironmentException;
import dev.faultline.history.HistoryException;
import dev.faultline.history.formats.Formats;
import dev.faultline.history.formats.Imported;
import dev.faultline.history.formats.Meaning;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Judges a history in any format by what it means. */
final class HistoryCheck {
  private final Path file;
  private final CheckCommand.Asked asked;

  HistoryCheck(Path file, CheckCommand.Asked asked) {
    this.file = file;
    this.asked = asked;
  }

  /** Reads a file; an error names it. */
  static Imported read(Path file, CheckCommand.Asked asked) {
    try {
      return Formats.read(file, asked.format(), asked.until());
    } catch (HistoryException e) {
      Path parent = file.getParent();
      throw new HistoryException((parent == null ? "" : parent + "/") + e.getMessage());
    } catch (IOException e) {
      throw new EnvironmentException(file + ": cannot be read (" + e.getMessage() + ")", e);
    }
  }

  CheckCommand.Checked check() {
    try {
      return judged();
    } catch (OutOfMemoryError e) {
      String why = "the heap of %,d MB is full".formatted(Runtime.getRuntime().maxMemory() >> 20);
      String remedy = "give the JVM more (JAVA_TOOL_OPTIONS=-Xmx4g)";
      Verdict.Unknown unknown = new Verdict.Unknown(why, remedy);
      String text = "UNKNOWN  %s  %s; %s%n".formatted(file, why, remedy);
      return new CheckCommand.Checked(2, text, Verdicts.data("linearizable", unknown, true));
    }
  }

  private CheckCommand.Checked judged() {
    long from = System.nanoTime();
    Imported read = read(file, asked);
    Map<String, @Nullable Object> params = Verdicts.values(asked.params());
    String model = asked.model();
    if (model != null) {
      params.put("model", model);
    }
    ImportedCheck check =
        ImportedCheck.of(
            read, params, () -> new Budget(asked.time(), asked.memory(), asked.threads()));
    long millis = (System.nanoTime() - from) / 1_000_000;
    String verified = asked.verify() ? verified(check) : null;
    int exit = Verdicts.exitCode(check.verdict(), true);
    if (verified != null && verified.startsWith("WRONG")) {
      exit = 3;
    }
    return new CheckCommand.Checked(
        exit, text(read, check, millis, verified), data(read, check, millis, verified, exit));
  }

  private static String verified(ImportedCheck check) {
    if (!check.property().equals(Meaning.LINEARIZABLE)) {
      return "not verified: %s finds no order to check".formatted(check.property());
    }
    return switch (check.verdict()) {
      case Verdict.Valid valid -> {
        String problem = Certificate.problem(check.history(), check.params(), valid);
        yield problem == null
            ? "verified: the order that was found, by other code"
            : "WRONG: the order that was found does not hold: " + problem;
      }
      case Verdict.Invalid invalid ->
          "not verified: an invalid verdict has no order; small witnesses are judged twice anyway";
      case Verdict.Unknown unknown -> "not verified: nothing was found";
    };
  }

  private String text(Imported read, ImportedCheck check, long millis, @Nullable String verified) {
    StringBuilder out = new StringBuilder();
    Verdict verdict = check.verdict();
    Object model = check.params().get("model");
    out.append(
        "%-7s  %s  %s, %,d operations, %,d ms"
            .formatted(
                Verdicts.status(verdict, true).toUpperCase(Locale.ROOT),
                file,
                model == null ? check.property() : model,
                read.history().operations().size(),
                millis));
    switch (verdict) {
      case Verdict.Valid v -> {
        // Nothing more to say.
      }
      case Verdict.Unknown u -> out.append(": ").append(u.reason()).append("; ").append(u.remedy());
      case Verdict.Invalid i -> out.append(": ").append(i.witness().sentence());
    }
    if (verified != null) {
      out.append("; ").append(verified);
    }
    if (read.leftOut() != null) {
      out.append("; ").append(read.leftOut()).append("; it was left out");
    }
    String line = out.toString().replaceAll("\\s*\\R\\s*", " ") + "\n";
    return asked.explain() ? line + explanation(read, check) : line;
  }

  private static String explanation(Imported read, ImportedCheck check) {
    StringBuilder out = new StringBuilder();
    if (check.verdict() instanceof Verdict.Invalid i) {
      out.append('\n').append(Verdicts.steps(i.witness())).append('\n');
    }
    out.append("  read as    ").append(read.meaning().format().summary()).append('\n');
    String title = "  that is    ";
    for (String note : check.notes()) {
      out.append(title).append(note).append('\n');
      title = "             ";
    }
    return out.toString();
  }

  private Map<String, @Nullable Object> data(
      Imported read, ImportedCheck check, long millis, @Nullable String verified, int exit) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("path", file.toString());
    map.put("exitCode", exit);
    map.put("format", read.meaning().format().id());
    map.put("operations", read.history().operations().size());
    map.put("params", check.params());
    map.put("meaning", check.notes());
    map.put("millis", millis);
    if (read.leftOut() != null) {
      map.put("leftOut", read.leftOut());
    }
    if (verified != null) {
      map.put("verified", verified);
    }
    Map<String, @Nullable Object> finding = Verdicts.data(check.property(), check.verdict(), true);
    if (check.verdict() instanceof Verdict.Valid valid && asked.explain()) {
      finding.put("evidence", valid.evidence());
    }
    map.put("findings", List.of(finding));
    return map;
  }
}
