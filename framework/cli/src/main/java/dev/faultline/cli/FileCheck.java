package dev.faultline.cli;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Checkers;
import dev.faultline.checker.Verdict;
import dev.faultline.checker.Witness;
import dev.faultline.harness.EnvironmentException;
import dev.faultline.history.HistoryException;
import dev.faultline.history.HistoryFile;
import dev.faultline.json.Json;
import dev.faultline.json.JsonException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Judges a bare history file by properties that a person names. */
final class FileCheck {
  private static final long HEAP_SHARE = 4;

  private final Path file;
  private final List<String> properties;
  private final Map<String, @Nullable Object> params = new LinkedHashMap<>();
  private final long until;
  private final Duration time;

  FileCheck(
      Path file, List<String> properties, Map<String, String> params, long until, Duration time) {
    this.file = file;
    this.properties = properties;
    params.forEach((name, text) -> this.params.put(name, value(text)));
    this.until = until;
    this.time = time;
  }

  CheckCommand.Checked check() {
    HistoryFile read = read();
    StringBuilder text = new StringBuilder();
    List<Map<String, @Nullable Object>> findings = new ArrayList<>();
    int worst = 0;
    for (String property : properties) {
      Budget budget = new Budget(time, Runtime.getRuntime().maxMemory() / HEAP_SHARE);
      Verdict verdict = Checkers.create(property, params).check(read.history(), budget);
      worst = CheckCommand.worse(worst, exitCode(verdict));
      text.append(text(property, verdict));
      findings.add(data(property, verdict));
    }
    if (read.leftOut() != null) {
      text.append("  note  ").append(read.leftOut()).append("; it was left out\n");
    }
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("path", file.toString());
    map.put("exitCode", worst);
    map.put("entries", read.history().entries().size());
    map.put("operations", read.history().operations().size());
    map.put("torn", read.torn());
    map.put("findings", findings);
    return new CheckCommand.Checked(worst, text.toString(), map);
  }

  private HistoryFile read() {
    try {
      return HistoryFile.read(file, until);
    } catch (HistoryException e) {
      Path parent = file.getParent();
      throw new HistoryException((parent == null ? "" : parent + "/") + e.getMessage());
    } catch (IOException e) {
      throw new EnvironmentException(file + ": cannot be read (" + e.getMessage() + ")", e);
    }
  }

  /** A parameter as a person types it: a number or a truth value where it reads as one. */
  private static @Nullable Object value(String text) {
    try {
      return Json.read(text);
    } catch (JsonException aWord) {
      return text;
    }
  }

  /** A rule that was applied to nothing has shown nothing. */
  private static int exitCode(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Valid v -> v.examined() == 0 ? 2 : 0;
      case Verdict.Invalid i -> 1;
      case Verdict.Unknown u -> 2;
    };
  }

  private static String status(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Valid v -> v.examined() == 0 ? "void" : "valid";
      case Verdict.Invalid i -> "invalid";
      case Verdict.Unknown u -> "unknown";
    };
  }

  private String text(String property, Verdict verdict) {
    StringBuilder out = new StringBuilder();
    out.append(status(verdict).toUpperCase(Locale.ROOT)).append("  ").append(property);
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
        for (Witness.Step step : i.witness().steps()) {
          String remark = step.remark();
          out.append(
              "  %9.3f  %-8s %s%s%n"
                  .formatted(
                      step.time() / 1e9,
                      step.lane(),
                      step.text(),
                      remark == null || remark.isEmpty() ? "" : "   ◄ " + remark));
        }
      }
    }
    return out.toString();
  }

  private static Map<String, @Nullable Object> data(String property, Verdict verdict) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("property", property);
    map.put("status", status(verdict));
    switch (verdict) {
      case Verdict.Valid v -> map.put("examined", v.examined());
      case Verdict.Unknown u -> {
        map.put("why", u.reason());
        map.put("remedy", u.remedy());
      }
      case Verdict.Invalid i -> {
        map.put("clause", i.clause());
        map.put("sentence", i.witness().sentence());
        map.put(
            "witness",
            i.witness().steps().stream()
                .map(s -> {
                  Map<String, @Nullable Object> step = new LinkedHashMap<>();
                  step.put("index", s.index());
                  step.put("time", s.time());
                  step.put("lane", s.lane());
                  step.put("text", s.text());
                  step.put("remark", s.remark());
                  return step;
                })
                .toList());
      }
    }
    return map;
  }
}
