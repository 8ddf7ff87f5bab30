package dev.faultline.harness.search;

import dev.faultline.history.Entry;
import dev.faultline.history.History;
import dev.faultline.json.Durations;
import dev.faultline.json.Json;
import dev.faultline.json.JsonException;
import dev.faultline.json.JsonView;
import dev.faultline.spec.Anchor;
import dev.faultline.spec.Fault;
import dev.faultline.spec.FaultPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Simpler forms of a fault, the boldest first. Works on the JSON form, so that a new kind of fault
 * is made simpler too. No chain of them has an end that leads back: kinds, sides and numbers only
 * become less, a time becomes round or gives way to an event.
 */
final class Simpler {
  private static final Set<String> NO_QUANTITY = Set.of("id", "do", "from", "node", "source");

  /** Members without which a fault may still be one. */
  private static final List<String> PARTS =
      List.of(
          "disk",
          "stall",
          "full",
          "corrupt",
          "slow",
          "loss",
          "duplicate",
          "reorder",
          "reset-after",
          "slice",
          "corrupt");

  /** So many occurrences of an event a person still counts. */
  private static final int COUNTABLE = 3;

  /** What the harness tells about the run, such as its phases, anchors nothing. */
  private static final String HARNESS = "harness";

  private static final Duration NEAR = Duration.ofMillis(20);

  private final Map<String, @Nullable Object> fault;
  private final List<Fault> found = new ArrayList<>();

  private Simpler(Fault fault) {
    this.fault = data(fault);
  }

  /**
   * The candidates.
   *
   * @param history of the run that the fault is part of, for events that a time can be named by
   */
  static List<Fault> than(Fault fault, History history) {
    Simpler simpler = new Simpler(fault);
    simpler.parts();
    simpler.kind();
    simpler.sides();
    simpler.start(history);
    simpler.quantities();
    return simpler.found;
  }

  /** The same fault at another time. */
  static Fault starting(Fault fault, Anchor from) {
    Map<String, @Nullable Object> changed = data(fault);
    changed.put("from", from.toJson());
    return read(changed);
  }

  private static Fault read(Map<String, @Nullable Object> fault) {
    Map<String, @Nullable Object> plan = Map.of("faults", List.of(fault));
    return FaultPlan.fromJson(JsonView.parse("simpler fault", Json.pretty(plan))).faults().get(0);
  }

  /** Without one thing that it does beside others. */
  private void parts() {
    for (String part : PARTS) {
      if (fault.containsKey(part)) {
        Map<String, @Nullable Object> less = new LinkedHashMap<>(fault);
        less.remove(part);
        add(less);
      }
    }
  }

  private void kind() {
    if ("kill".equals(fault.get("do"))) {
      add(with("do", "pause"));
    } else if ("pause".equals(fault.get("do"))) {
      Map<String, @Nullable Object> cut = with("do", "partition");
      cut.put("isolate", cut.remove("node"));
      add(cut);
    }
    for (String part : List.of("minority", "majority")) {
      if (fault.containsKey(part)) {
        Map<String, @Nullable Object> alone = new LinkedHashMap<>(fault);
        alone.put("isolate", alone.remove(part));
        alone.remove("of");
        add(alone);
      }
    }
    if (fault.containsKey("mode") && !"drop".equals(fault.get("mode"))) {
      add(with("mode", "drop"));
    }
    if ("both".equals(fault.get("direction"))) {
      for (String way : List.of("out", "in")) {
        add(with("direction", way));
      }
    }
  }

  private void sides() {
    if (fault.get("groups") instanceof List<?> groups) {
      for (int g = 0; g < groups.size(); g++) {
        if (groups.get(g) instanceof List<?> names && names.size() > 1) {
          for (int n = 0; n < names.size(); n++) {
            add(with("groups", replaced(groups, g, without(names, n))));
          }
        } else if (groups.size() > 2) {
          add(with("groups", without(groups, g)));
        }
      }
    } else if (fault.get("pairs") instanceof List<?> pairs && pairs.size() > 1) {
      for (int p = 0; p < pairs.size(); p++) {
        add(with("pairs", without(pairs, p)));
      }
    }
  }

  private void start(History history) {
    if (!(fault.get("from") instanceof Map<?, ?> anchor)) {
      return;
    }
    Map<String, @Nullable Object> from = new LinkedHashMap<>();
    anchor.forEach((k, v) -> from.put(String.valueOf(k), v));
    if (from.get("at") instanceof String at) {
      long nanos = Durations.parse(at).toNanos();
      named(nanos, history);
      rounded(at).forEach(round -> add(with("from", Map.of("at", round))));
      return;
    }
    for (String extra : List.of("after", "plus")) {
      if (from.get(extra) instanceof String text && !Durations.parse(text).isZero()) {
        Map<String, @Nullable Object> less = new LinkedHashMap<>(from);
        less.remove(extra);
        add(with("from", less));
        for (String round : rounded(text)) {
          less.put(extra, round);
          add(with("from", new LinkedHashMap<>(less)));
        }
      }
    }
    if (from.get("nth") instanceof Long nth && nth > 1) {
      from.put("nth", nth - 1);
      add(with("from", from));
    }
  }

  /** Names a time by the event just before it, if that is one of the first of its name. */
  private void named(long at, History history) {
    Map<String, Long> seen = new LinkedHashMap<>();
    Entry.Node last = null;
    for (Entry.Node event : history.nodeEvents()) {
      if (event.time() <= at && !event.node().equals(HARNESS)) {
        seen.merge(event.name(), 1L, Long::sum);
        last = event;
      }
    }
    if (last == null || at - last.time() > NEAR.toNanos()) {
      return;
    }
    long nth = seen.getOrDefault(last.name(), 0L);
    if (nth <= COUNTABLE) {
      add(with("from", Map.of("on", last.name(), "nth", nth)));
    }
  }

  private void quantities() {
    List<String> names = new ArrayList<>(fault.keySet());
    for (String name : names) {
      if (NO_QUANTITY.contains(name) || !(fault.get(name) instanceof String text)) {
        continue;
      }
      if (text.endsWith("ppm")) {
        long ppm = Long.parseLong(text.substring(0, text.length() - 3));
        if (ppm != 0) {
          add(with(name, "0ppm"));
          add(with(name, ppm / 2 + "ppm"));
        }
      } else if (isDuration(text)) {
        if (!name.equals("for")) {
          Map<String, @Nullable Object> less = new LinkedHashMap<>(fault);
          less.remove(name);
          add(less);
        }
        long millis = Durations.parse(text).toMillis();
        if (Math.abs(millis) >= 20) {
          add(with(name, Durations.format(Duration.ofMillis(millis / 2))));
        }
        rounded(text).forEach(round -> add(with(name, round)));
      }
    }
  }

  /** The same to 100, 10 and 1 ms, towards zero; what is round already is not repeated. */
  static List<String> rounded(String text) {
    long nanos = Durations.parse(text).toNanos();
    List<String> round = new ArrayList<>();
    for (long unit : new long[] {100_000_000L, 10_000_000L, 1_000_000L}) {
      if (nanos % unit != 0 && nanos / unit != 0) {
        round.add(Durations.format(Duration.ofNanos(nanos / unit * unit)));
      }
    }
    return round;
  }

  /** One that is not zero: that cannot become less. */
  private static boolean isDuration(String text) {
    try {
      return !Durations.parse(text).isZero();
    } catch (IllegalArgumentException aWord) {
      return false;
    }
  }

  private Map<String, @Nullable Object> with(String name, Object value) {
    Map<String, @Nullable Object> changed = new LinkedHashMap<>(fault);
    changed.put(name, value);
    return changed;
  }

  private static List<Object> without(List<?> list, int index) {
    List<Object> left = new ArrayList<>(list);
    left.remove(index);
    return left;
  }

  private static List<Object> replaced(List<?> list, int index, Object value) {
    List<Object> changed = new ArrayList<>(list);
    changed.set(index, value);
    return changed;
  }

  private static Map<String, @Nullable Object> data(Fault fault) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    if (new FaultPlan(List.of(fault)).toJson().get("faults") instanceof List<?> one
        && one.get(0) instanceof Map<?, ?> members) {
      members.forEach((k, v) -> map.put(String.valueOf(k), v));
    }
    return map;
  }

  /** Keeps what is a fault at all: a clock without any error, for instance, is none. */
  private void add(Map<String, @Nullable Object> candidate) {
    try {
      found.add(read(candidate));
    } catch (JsonException | IllegalArgumentException noFault) {
      // Not a candidate.
    }
  }
}
