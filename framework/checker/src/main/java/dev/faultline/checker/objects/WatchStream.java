package dev.faultline.checker.objects;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Checker;
import dev.faultline.checker.Planting;
import dev.faultline.checker.Property;
import dev.faultline.checker.Verdict;
import dev.faultline.checker.Witness;
import dev.faultline.history.History;
import dev.faultline.history.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What watches tell (C-WATCH; the guarantees that etcd's robustness tests check). A {@code put}
 * answers with its revision; a {@code watch} from a revision answers with {@code {events, next}}:
 * all events from there up to, and not at, {@code next}. {@link #ORDER}: revisions go up ({@code
 * backwards}), none comes twice ({@code twice}), and all lie in that range ({@code out-of-range}).
 * {@link #GAP}: everything that a put or another watch shows to be in that range is told ({@code
 * gap}); unknown if no watch came as far as the last acknowledged put. {@link #FAITHFUL}: an event
 * is what its put or another watch says ({@code two-values}), and somebody may have put it ({@code
 * never-put}, {@code refused}, {@code too-early}).
 */
final class WatchStream implements Checker {
  static final Property ORDER = new Property("watch.order", "a watch tells revisions in order");
  static final Property GAP = new Property("watch.no-gap", "a watch leaves no event out");
  static final Property FAITHFUL =
      new Property("watch.faithful", "a watch tells what was put, once it was");

  private final Property property;
  private final List<Planting> plantings;

  private WatchStream(Property property, List<Planting> plantings) {
    this.property = property;
    this.plantings = plantings;
  }

  static WatchStream order() {
    return new WatchStream(ORDER, WatchPlantings.ORDER);
  }

  static WatchStream gap() {
    return new WatchStream(GAP, WatchPlantings.GAP);
  }

  static WatchStream faithful() {
    return new WatchStream(FAITHFUL, WatchPlantings.FAITHFUL);
  }

  @Override
  public Property property() {
    return property;
  }

  private record Event(long revision, @Nullable Object key, @Nullable Object value) {}

  /** An answer of a watch. */
  private record Batch(Operation op, long from, long next, List<Event> events) {}

  @Override
  public List<Planting> plantings() {
    return plantings;
  }

  @Override
  public Verdict check(History history, Budget budget) {
    List<Batch> told = new ArrayList<>();
    List<Operation> puts = new ArrayList<>();
    for (Operation op : history.operations()) {
      if (op.f().equals("put")) {
        puts.add(op);
      } else if (op.f().equals("watch") && op.ok()) {
        told.add(answer(op));
      }
    }
    Verdict over = Told.exhausted(budget, told.size());
    return over != null
        ? over
        : property.equals(ORDER)
            ? inOrder(told)
            : property.equals(GAP) ? gaps(told, puts) : believable(told, puts);
  }

  private static Batch answer(Operation op) {
    Map<?, ?> asked = op.input() instanceof Map<?, ?> map ? map : Map.of();
    Map<?, ?> output = op.output() instanceof Map<?, ?> map ? map : Map.of();
    List<Event> events = new ArrayList<>();
    for (Object row : output.get("events") instanceof List<?> list ? list : List.of()) {
      if (row instanceof List<?> e && e.size() == 3) {
        Long revision = Told.number(e.get(0));
        events.add(
            new Event(
                revision == null ? -1 : revision, Told.plain(e.get(1)), Told.plain(e.get(2))));
      }
    }
    Long from = Told.number(asked.get("from"));
    Long next = Told.number(output.get("next"));
    long start = from == null ? 0 : from;
    return new Batch(op, start, next == null ? start : next, events);
  }

  private static Verdict inOrder(List<Batch> answers) {
    long examined = 0;
    for (Batch answer : answers) {
      long before = Long.MIN_VALUE;
      Set<Event> once = new HashSet<>();
      for (Event e : answer.events) {
        examined++;
        if (e.revision < before) {
          return invalid(
              "backwards",
              "A watch tells revision %d after revision %d.".formatted(e.revision, before),
              answer.op);
        }
        if (!once.add(new Event(e.revision, e.key, null))) {
          return invalid(
              "twice", "A watch tells revision %d twice.".formatted(e.revision), answer.op);
        }
        if (e.revision < answer.from || e.revision >= answer.next) {
          return invalid(
              "out-of-range",
              "A watch from %d up to %d tells revision %d."
                  .formatted(answer.from, answer.next, e.revision),
              answer.op);
        }
        before = e.revision;
      }
    }
    return new Verdict.Valid(examined);
  }

  private record Shown(Operation op, Event event) {}

  /** Every event that an acknowledged put or a watch shows, by revision and then by key. */
  private static NavigableMap<Long, Map<@Nullable Object, Shown>> known(
      List<Batch> answers, List<Operation> puts) {
    NavigableMap<Long, Map<@Nullable Object, Shown>> known = new TreeMap<>();
    for (Operation put : puts) {
      Long revision = put.ok() ? Told.number(put.output()) : null;
      if (revision != null) {
        Event e = new Event(revision, Told.plain(put.key()), Told.plain(put.input()));
        known.computeIfAbsent(revision, r -> new HashMap<>()).put(e.key, new Shown(put, e));
      }
    }
    for (Batch answer : answers) {
      for (Event e : answer.events) {
        known
            .computeIfAbsent(e.revision, r -> new HashMap<>())
            .putIfAbsent(e.key, new Shown(answer.op, e));
      }
    }
    return known;
  }

  private static Verdict gaps(List<Batch> answers, List<Operation> puts) {
    NavigableMap<Long, Map<@Nullable Object, Shown>> known = known(answers, puts);
    long examined = 0;
    long reached = Long.MIN_VALUE;
    for (Batch answer : answers) {
      reached = Math.max(reached, answer.next);
      Set<Event> has = new HashSet<>();
      answer.events.forEach(e -> has.add(new Event(e.revision, e.key, null)));
      if (answer.next <= answer.from) {
        continue;
      }
      for (Map<@Nullable Object, Shown> at : known.subMap(answer.from, answer.next).values()) {
        for (Shown shown : at.values()) {
          examined++;
          Event e = shown.event;
          if (!has.contains(new Event(e.revision, e.key, null))) {
            return invalid(
                "gap",
                "A watch from %d up to %d leaves out revision %d, %s to %s."
                    .formatted(answer.from, answer.next, e.revision, e.key, Told.json(e.value)),
                shown.op,
                answer.op);
          }
        }
      }
    }
    for (Operation put : puts) {
      Long revision = put.ok() ? Told.number(put.output()) : null;
      if (revision != null && revision >= reached) {
        return new Verdict.Unknown(
            "no watch came as far as revision %d, which was acknowledged".formatted(revision),
            "watch from the start at the end, after everything is healed");
      }
    }
    return new Verdict.Valid(examined);
  }

  private static Verdict believable(List<Batch> answers, List<Operation> puts) {
    NavigableMap<Long, Map<@Nullable Object, Shown>> known = known(answers, puts);
    Map<Event, Operation> asked = new HashMap<>();
    Map<Event, Operation> refused = new HashMap<>();
    for (Operation put : puts) {
      Event e = new Event(0, Told.plain(put.key()), Told.plain(put.input()));
      (Told.failed(put) ? refused : asked).putIfAbsent(e, put);
    }
    long examined = 0;
    for (Batch answer : answers) {
      for (Event e : answer.events) {
        examined++;
        String what = "revision %d, %s to %s".formatted(e.revision, e.key, Told.json(e.value));
        Shown first = known.getOrDefault(e.revision, Map.of()).get(e.key);
        if (first != null && !Objects.equals(first.event.value, e.value)) {
          return invalid(
              "two-values",
              "A watch tells %s, and it was %s.".formatted(what, Told.json(first.event.value)),
              first.op,
              answer.op);
        }
        Event plain = new Event(0, e.key, e.value);
        Operation put = asked.get(plain);
        Operation no = refused.get(plain);
        if (put == null && no == null) {
          return invalid("never-put", "A watch tells %s, never put.".formatted(what), answer.op);
        } else if (put == null && no != null) {
          return invalid(
              "refused",
              "A watch tells %s, whose put certainly failed.".formatted(what),
              no,
              answer.op);
        } else if (put != null && put.invoked() > answer.op.returned()) {
          return invalid(
              "too-early", "A watch tells %s too early.".formatted(what), answer.op, put);
        }
      }
    }
    return new Verdict.Valid(examined);
  }

  private static Verdict invalid(String clause, String sentence, Operation... ops) {
    return new Verdict.Invalid(
        clause,
        new Witness(sentence, List.of(ops).stream().map(op -> Told.step(op, null)).toList()));
  }
}
