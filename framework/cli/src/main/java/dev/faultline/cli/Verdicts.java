package dev.faultline.cli;

import dev.faultline.checker.Verdict;
import dev.faultline.checker.Witness;
import dev.faultline.json.Json;
import dev.faultline.json.JsonException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What verdicts on bare histories are as words, exit codes and data. */
final class Verdicts {
  private Verdicts() {}

  /** Parameters as a person types them: a number or a truth value where it reads as one. */
  static Map<String, @Nullable Object> values(Map<String, String> typed) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    typed.forEach((name, text) -> values.put(name, value(text)));
    return values;
  }

  private static @Nullable Object value(String text) {
    try {
      return Json.read(text);
    } catch (JsonException aWord) {
      return text;
    }
  }

  /**
   * The word of a verdict.
   *
   * @param empty whether a history without operations counts: a rule that was applied to nothing
   *     has shown nothing, while an object that nobody used did no wrong
   */
  static String status(Verdict verdict, boolean empty) {
    return switch (verdict) {
      case Verdict.Valid v -> v.examined() == 0 && !empty ? "void" : "valid";
      case Verdict.Invalid i -> "invalid";
      case Verdict.Unknown u -> "unknown";
    };
  }

  static int exitCode(Verdict verdict, boolean empty) {
    return switch (status(verdict, empty)) {
      case "valid" -> 0;
      case "invalid" -> 1;
      default -> 2;
    };
  }

  /** The steps of a witness, a line each. */
  static String steps(Witness witness) {
    StringBuilder out = new StringBuilder();
    for (Witness.Step step : witness.steps()) {
      String remark = step.remark();
      out.append(
          "  %9.3f  %-8s %s%s%n"
              .formatted(
                  step.time() / 1e9,
                  step.lane(),
                  step.text(),
                  remark == null || remark.isEmpty() ? "" : "   ◄ " + remark));
    }
    return out.toString();
  }

  /** A verdict for machines. */
  static Map<String, @Nullable Object> data(String property, Verdict verdict, boolean empty) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("property", property);
    map.put("status", status(verdict, empty));
    switch (verdict) {
      case Verdict.Valid v -> map.put("examined", v.examined());
      case Verdict.Unknown u -> {
        map.put("why", u.reason());
        map.put("remedy", u.remedy());
      }
      case Verdict.Invalid i -> {
        map.put("clause", i.clause());
        map.put("sentence", i.witness().sentence());
        map.put("witness", i.witness().steps().stream().map(Verdicts::data).toList());
      }
    }
    return map;
  }

  private static Map<String, @Nullable Object> data(Witness.Step s) {
    Map<String, @Nullable Object> step = new LinkedHashMap<>();
    step.put("index", s.index());
    step.put("time", s.time());
    step.put("lane", s.lane());
    step.put("text", s.text());
    step.put("remark", s.remark());
    return step;
  }
}
