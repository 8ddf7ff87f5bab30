package dev.faultline.spec;

import dev.faultline.json.Durations;
import dev.faultline.json.JsonView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Short forms for several faults in a plan file: {@code sequence}, {@code overlap}, {@code repeat},
 * {@code each} and {@code ramp}. They are gone once a plan is read: what is left are plain faults,
 * {@code f2.1}, {@code f2.2}, …
 */
final class Composition {
  private static final Set<String> FORMS = Set.of("sequence", "overlap", "repeat", "each", "ramp");
  private static final int MOST = 1_000;

  private final List<Fault> faults = new ArrayList<>();

  private Composition() {}

  /**
   * The faults that an element of a plan stands for.
   *
   * @param defaultId what it is called if it has no name of its own
   */
  static List<Fault> read(JsonView element, String defaultId) {
    if (!composed(element)) {
      return List.of(FaultJson.read(element, defaultId));
    }
    JsonView named = element.find("id");
    Composition composition = new Composition();
    Duration unused =
        composition.add(
            without(element, "id", "from"),
            named == null ? defaultId : named.string(),
            Anchor.fromJson(element.get("from")));
    return List.copyOf(composition.faults);
  }

  private static boolean composed(JsonView element) {
    return element.map().keySet().stream().anyMatch(FORMS::contains);
  }

  /** Adds what the element stands for; returns how long it takes. */
  private Duration add(JsonView element, String id, Anchor from) {
    if (element.find("repeat") != null) {
      return repeat(element, id, from);
    }
    if (element.find("each") != null) {
      return each(element, id, from);
    }
    if (element.find("ramp") != null) {
      return ramp(element, id, from);
    }
    if (element.find("sequence") != null) {
      return parts(element, "sequence", id, from);
    }
    if (element.find("overlap") != null) {
      return parts(element, "overlap", id, from);
    }
    Map<String, @Nullable Object> plain = element.map();
    plain.put("id", id);
    plain.put("from", from.toJson());
    Fault fault = FaultJson.read(JsonView.of(element.place(), plain), id);
    faults.add(fault);
    return fault.lasting();
  }

  /** The same again and again, so far apart. */
  private Duration repeat(JsonView element, String id, Anchor from) {
    if (element.find("each") != null) {
      throw element.error(
          "'repeat' and 'each' both go by 'every'; put the one with 'each' into a 'sequence'");
    }
    long times = between(element.get("repeat"), 1, MOST);
    JsonView one = without(element, "repeat", "every");
    Duration every = every(element);
    Duration length = Duration.ZERO;
    for (int i = 0; i < times; i++) {
      length = add(one, id + "." + (i + 1), from.later(every.multipliedBy(i)));
      room(element, every, length);
    }
    return every.multipliedBy(times - 1).plus(length);
  }

  /** The same for one node after the other, so far apart. */
  private Duration each(JsonView element, String id, Anchor from) {
    List<String> nodes = element.get("each").strings();
    if (nodes.isEmpty() || element.find("node") != null) {
      throw element.error(
          "'each' lists nodes, such as [\"n1\", \"n2\"], and takes the place of 'node'");
    }
    Duration every = every(element);
    Duration length = Duration.ZERO;
    for (int i = 0; i < nodes.size(); i++) {
      Map<String, @Nullable Object> one = without(element, "each", "every").map();
      one.put("node", nodes.get(i));
      length =
          add(
              JsonView.of(element.place(), one),
              id + "." + (i + 1),
              from.later(every.multipliedBy(i)));
      room(element, every, length);
    }
    return every.multipliedBy(nodes.size() - 1L).plus(length);
  }

  /** One after the other, or all from the same moment on. */
  private Duration parts(JsonView element, String form, String id, Anchor from) {
    boolean inSequence = form.equals("sequence");
    element.only(new TreeSet<>(inSequence ? Set.of(form) : Set.of(form, "for")));
    List<JsonView> parts = element.get(form).list();
    if (parts.isEmpty()) {
      throw element.error("'" + form + "' has no faults; list some");
    }
    Duration end = Duration.ZERO;
    for (int i = 0; i < parts.size(); i++) {
      JsonView part = parts.get(i);
      if (part.find("id") != null || part.find("from") != null) {
        throw part.error(
            "a part of '%s' has its name and its start from that; leave out 'id' and 'from', and say 'after' for a delay"
                .formatted(form));
      }
      JsonView delay = part.find("after");
      Duration after = delay == null ? Duration.ZERO : delay.duration();
      if (after.isNegative()) {
        throw part.error("'after' is a delay, found " + Durations.format(after));
      }
      Map<String, @Nullable Object> own = without(part, "after").map();
      if (!inSequence && element.find("for") != null && part.find("for") == null) {
        own.put("for", element.get("for").value());
      }
      Duration start = inSequence ? end.plus(after) : after;
      Duration stop =
          start.plus(add(JsonView.of(part.place(), own), id + "." + (i + 1), from.later(start)));
      end = stop.compareTo(end) > 0 ? stop : end;
    }
    return end;
  }

  /** One fault whose size grows or shrinks in equal steps. */
  private Duration ramp(JsonView element, String id, Anchor from) {
    JsonView ramp = element.get("ramp");
    ramp.only(new TreeSet<>(Set.of("field", "from", "to", "steps")));
    String field = ramp.get("field").string();
    if (element.find(field) != null) {
      throw element.error("'" + field + "' is set by the ramp; leave it out beside it");
    }
    if (element.find("do") == null) {
      throw element.error("a ramp is of one fault, with 'do'; put it into the parts");
    }
    int steps = (int) between(ramp.get("steps"), 2, MOST);
    Duration lasting = element.get("for").duration();
    Duration step = lasting.dividedBy(steps);
    for (int i = 0; i < steps; i++) {
      Map<String, @Nullable Object> one = without(element, "ramp").map();
      one.put(field, Ramp.value(ramp.get("from"), ramp.get("to"), i, steps - 1));
      one.put("for", Durations.format(step));
      Duration unused =
          add(
              JsonView.of(element.place(), one),
              id + "." + (i + 1),
              from.later(step.multipliedBy(i)));
    }
    return lasting;
  }

  private static Duration every(JsonView element) {
    Duration every = element.get("every").duration();
    if (every.isNegative() || every.isZero()) {
      throw element.error("'every' must be longer than 0, found " + Durations.format(every));
    }
    return every;
  }

  private static void room(JsonView element, Duration every, Duration length) {
    if (every.compareTo(length) < 0) {
      throw element.error(
          "'every' (%s) is shorter than what comes again, which takes %s; make it at least that"
              .formatted(Durations.format(every), Durations.format(length)));
    }
  }

  private static long between(JsonView number, int least, int most) {
    long value = number.integer();
    if (value < least || value > most) {
      throw number.error("want a number from %d to %d, found %d".formatted(least, most, value));
    }
    return value;
  }

  private static JsonView without(JsonView element, String... names) {
    Map<String, @Nullable Object> map = element.map();
    for (String name : names) {
      map.remove(name);
    }
    return JsonView.of(element.place(), map);
  }
}
