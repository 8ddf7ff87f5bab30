package dev.faultline.reports;

import dev.faultline.harness.judge.Judgement.FaultRecord;
import dev.faultline.harness.judge.Sensitivity;
import dev.faultline.json.Durations;
import dev.faultline.json.Json;
import dev.faultline.spec.Anchor;
import dev.faultline.spec.Fault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How figures, lists and faults are put into words, the same in every format. */
final class Words {
  /** Keeps the groups of a number, and a number and its unit, on one line. */
  private static final char NO_BREAK = '\u00a0';

  private Words() {}

  /** {@code 18 650}: digits in groups of three. */
  static String count(long n) {
    String digits = Long.toString(Math.abs(n));
    StringBuilder out = new StringBuilder(n < 0 ? "-" : "");
    for (int i = 0; i < digits.length(); i++) {
      if (i > 0 && (digits.length() - i) % 3 == 0) {
        out.append(NO_BREAK);
      }
      out.append(digits.charAt(i));
    }
    return out.toString();
  }

  /** {@code 1 operation}, {@code 3 operations}. */
  static String counted(long n, String noun) {
    return count(n) + NO_BREAK + (n == 1 ? noun : noun + "s");
  }

  /** Seconds with three decimals and no unit: {@code 9.812}. */
  static String stamp(long nanos) {
    return String.format(Locale.ROOT, "%.3f", nanos / 1e9);
  }

  /** Seconds with one decimal: {@code 21.3 s}. */
  static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.1f", nanos / 1e9) + NO_BREAK + "s";
  }

  /** {@code a, b and c}. */
  static String list(List<String> items) {
    int n = items.size();
    return n < 2
        ? String.join("", items)
        : String.join(", ", items.subList(0, n - 1)) + " and " + items.get(n - 1);
  }

  /** Facts as {@code key value}, comma between; a true fact is its key alone. */
  static String facts(Map<String, ? extends @Nullable Object> facts) {
    List<String> parts = new ArrayList<>();
    facts.forEach((key, value) -> {
      switch (value) {
        case Boolean b when b -> parts.add(key);
        case String s -> parts.add(key + " " + s);
        case Map<?, ?> map when map.values().stream().allMatch(Words::plain) -> {
          List<String> inner = new ArrayList<>();
          map.forEach((k, v) -> inner.add(k + " " + (v instanceof String s ? s : Json.write(v))));
          parts.add(key + " (" + String.join(", ", inner) + ")");
        }
        case null, default -> parts.add(key + " " + Json.write(value));
      }
    });
    return String.join(", ", parts);
  }

  private static boolean plain(@Nullable Object value) {
    return !(value instanceof Map<?, ?> || value instanceof List<?>);
  }

  /** {@code pause h2}. */
  static String deed(FaultRecord fault) {
    return fault.target().isEmpty() ? fault.kind() : fault.kind() + " " + fault.target();
  }

  /** {@code 10.104 s}, or {@code never}. */
  static String start(FaultRecord fault) {
    return fault.start() < 0 ? "never" : stamp(fault.start()) + NO_BREAK + "s";
  }

  /** {@code 3.000 s}; what has no end lasted to the run's end. */
  static String lasted(FaultRecord fault) {
    if (fault.start() < 0) {
      return "–";
    }
    return fault.end() < 0 ? "not ended" : stamp(fault.end() - fault.start()) + NO_BREAK + "s";
  }

  /** What proved it, or why there is no proof. */
  static String proof(FaultRecord fault) {
    String facts = facts(fault.receipt());
    if (fault.proven()) {
      return facts.isEmpty() ? "proven" : facts;
    }
    return facts.isEmpty() ? "not proven" : "not proven: " + facts;
  }

  /** When and for how long the plan wanted a fault. */
  static String asked(Fault fault) {
    String when =
        switch (fault.from()) {
          case Anchor.At at -> "at " + Durations.format(at.at());
          case Anchor.On on ->
              (on.plus().isZero() ? "on " : Durations.format(on.plus()) + " after ")
                  + on.event()
                  + (on.nth() == 1 ? "" : " no. " + on.nth())
                  + (on.latest() == null
                      ? ""
                      : ", at " + Durations.format(on.latest()) + " at the latest");
        };
    return when + ", for " + Durations.format(fault.lasting());
  }

  /** {@code 5 pauses and 4 partitions, each with its receipt}. */
  static String faults(List<FaultRecord> faults) {
    if (faults.isEmpty()) {
      return "no faults";
    }
    TreeMap<String, Long> kinds = new TreeMap<>();
    faults.forEach(f -> kinds.merge(f.kind(), 1L, Long::sum));
    List<String> parts = new ArrayList<>();
    kinds.forEach((kind, n) ->
        parts.add(kind.matches("[a-z]+") ? counted(n, kind) : count(n) + NO_BREAK + kind));
    long proven = faults.stream().filter(FaultRecord::proven).count();
    String receipts =
        proven == faults.size()
            ? faults.size() == 1 ? ", with its receipt" : ", each with its receipt"
            : ", " + count(faults.size() - proven) + " of " + faults.size() + " without a receipt";
    return list(parts) + receipts;
  }

  /** {@code linearizable would have shown 38 of 40 planted stale reads}, for each property. */
  static List<String> sensitivity(List<Sensitivity> measured) {
    Map<String, List<String>> byProperty = new LinkedHashMap<>();
    for (Sensitivity one : measured) {
      byProperty
          .computeIfAbsent(one.property(), p -> new ArrayList<>())
          .add("%d of %d planted %s".formatted(one.caught(), one.planted(), one.what()));
    }
    List<String> lines = new ArrayList<>();
    byProperty.forEach(
        (property, shares) -> lines.add(property + " would have shown " + list(shares)));
    return lines;
  }

  /** {@code 9 granted, 3 leader}. */
  static String events(Map<String, Long> events) {
    List<String> parts = new ArrayList<>();
    new TreeMap<>(events).forEach((name, n) -> parts.add(count(n) + NO_BREAK + name));
    return String.join(", ", parts);
  }
}
