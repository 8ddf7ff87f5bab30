package dev.faultline.cli;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Checkers;
import dev.faultline.checker.Verdict;
import dev.faultline.history.formats.Imported;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Judges a bare history file by properties that a person names. */
final class FileCheck {
  private final Path file;
  private final List<String> properties;
  private final Map<String, @Nullable Object> params;
  private final CheckCommand.Asked asked;

  FileCheck(Path file, List<String> properties, CheckCommand.Asked asked) {
    this.file = file;
    this.properties = properties;
    this.params = Verdicts.values(asked.params());
    this.asked = asked;
  }

  CheckCommand.Checked check() {
    Imported read = HistoryCheck.read(file, asked);
    StringBuilder text = new StringBuilder();
    List<Map<String, @Nullable Object>> findings = new ArrayList<>();
    int worst = 0;
    for (String property : properties) {
      Budget budget = new Budget(asked.time(), asked.memory(), asked.threads());
      Verdict verdict = Checkers.create(property, params).check(read.history(), budget);
      worst = CheckCommand.worse(worst, Verdicts.exitCode(verdict, false));
      text.append(text(property, verdict));
      findings.add(Verdicts.data(property, verdict, false));
    }
    if (read.leftOut() != null) {
      text.append("  note  ").append(read.leftOut()).append("; it was left out\n");
    }
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("path", file.toString());
    map.put("exitCode", worst);
    map.put("entries", read.history().entries().size());
    map.put("operations", read.history().operations().size());
    map.put("torn", read.leftOut() != null);
    map.put("findings", findings);
    return new CheckCommand.Checked(worst, text.toString(), map);
  }

  private String text(String property, Verdict verdict) {
    StringBuilder out = new StringBuilder();
    out.append(Verdicts.status(verdict, false).toUpperCase(Locale.ROOT))
        .append("  ")
        .append(property);
    switch (verdict) {
      case Verdict.Valid v -> {
        out.append("  ").append(file).append('\n');
        out.append(
            v.examined() == 0
                ? "  Nothing in this history is what the rule is about.\n"
                : "  It held for all %,d that were examined.%n".formatted(v.examined()));
      }
      case Verdict.Unknown u ->
          out.append("  %s%n  %s%n  %s%n".formatted(file, u.reason(), u.remedy()));
      case Verdict.Invalid i -> {
        out.append("  %s%n  %s%n%n".formatted(file, i.witness().sentence()));
        out.append(Verdicts.steps(i.witness()));
      }
    }
    return out.toString();
  }
}
