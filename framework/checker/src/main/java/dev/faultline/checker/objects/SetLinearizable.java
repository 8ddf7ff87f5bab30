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
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Adds and reads of a set that only grows can be put in one order that keeps precedence (C-SET,
 * exact; Jepsen's {@code set-full} with {@code linearizable?} sees the first two clauses). In such
 * an order reads grow, so they form a chain, and each element stands before the first read that
 * shows it and after the last that does not. That gives every operation a rank, and the order
 * exists if and only if no operation had returned before one of a lower rank was invoked.
 *
 * <p>Clauses: {@code acknowledged-missing} (a read lacks what had been acknowledged before), {@code
 * disappeared} (a read lacks what one before had shown), {@code incomparable} (of two reads each
 * has what the other lacks), {@code out-of-order} (a read shows a later element without an earlier
 * one), and those of {@link SetPhantom}. Cost: the total size of reads, sorted.
 */
final class SetLinearizable implements Checker {
  static final Property PROPERTY =
      new Property("set.linearizable", "adds and reads of a set can be put in one order");

  @Override
  public Property property() {
    return PROPERTY;
  }

  @Override
  public List<Planting> plantings() {
    return SetPlantings.STALE;
  }

  @Override
  public Verdict check(History history, Budget budget) {
    long examined = 0;
    for (List<Operation> ops : Told.byKey(history).values()) {
      Chain chain = new Chain(ops);
      Verdict bad = chain.verdict();
      if (bad != null) {
        return bad;
      }
      examined += chain.reads.size();
      Verdict over = Told.exhausted(budget, examined);
      if (over != null) {
        return over;
      }
    }
    return new Verdict.Valid(examined);
  }

  /** One set's reads by size, and in which of them each element is first. */
  private static final class Chain {
    private record Read(Operation op, Set<@Nullable Object> elements) {}

    private final List<Read> reads = new ArrayList<>();
    private final Map<@Nullable Object, Operation> adds = new HashMap<>();
    private final Map<@Nullable Object, Operation> refused = new HashMap<>();
    private final List<Operation> acknowledged = new ArrayList<>();

    /** The least read, by its place in the chain, that shows an element. */
    private final Map<@Nullable Object, Integer> first = new HashMap<>();

    /** By the operation's id. */
    private final Map<Integer, Integer> ranks = new HashMap<>();

    Chain(List<Operation> ops) {
      for (Operation op : ops) {
        List<@Nullable Object> elements = Told.elements(op);
        if (op.f().equals("read") && elements != null) {
          reads.add(new Read(op, new LinkedHashSet<>(elements)));
        } else if (op.f().equals("add")) {
          (Told.failed(op) ? refused : adds).putIfAbsent(Told.plain(op.input()), op);
          if (op.ok()) {
            acknowledged.add(op);
          }
        }
      }
      reads.sort(Comparator.comparingInt(r -> r.elements.size()));
    }

    @Nullable Verdict verdict() {
      for (int i = 0; i < reads.size(); i++) {
        Verdict bad = place(i);
        if (bad != null) {
          return bad;
        }
      }
      for (Operation add : acknowledged) {
        ranks.put(add.id(), rank(add));
      }
      return sweep();
    }

    /** Puts a read in the chain: it has all that those before it have. */
    private @Nullable Verdict place(int at) {
      Read read = reads.get(at);
      int known = 0;
      List<@Nullable Object> fresh = new ArrayList<>();
      for (Object element : read.elements) {
        if (first.containsKey(element)) {
          known++;
        } else {
          fresh.add(element);
        }
        Verdict phantom =
            SetPhantom.unexplained(read.op, element, adds.get(element), refused.get(element));
        if (phantom != null) {
          return phantom;
        }
      }
      if (known < first.size()) {
        return apart(reads.get(at - 1), read);
      }
      // Equal reads share a rank, that of the first of them.
      Integer equal = fresh.isEmpty() && at > 0 ? ranks.get(reads.get(at - 1).op.id()) : null;
      ranks.put(read.op.id(), equal == null ? 2 * at + 1 : equal);
      fresh.forEach(element -> first.put(element, at));
      return null;
    }

    /** Where an element comes into the set: right before the first read that shows it. */
    private int rank(Operation add) {
      Integer at = first.get(Told.plain(add.input()));
      return at == null ? 2 * reads.size() + 2 : 2 * at;
    }

    private record Line(long index, Operation op, boolean invoked) {}

    /** No operation may have returned before one of a lower rank was invoked. */
    private @Nullable Verdict sweep() {
      List<Line> lines = new ArrayList<>();
      for (Read read : reads) {
        lines.add(new Line(read.op.invoked(), read.op, true));
        lines.add(new Line(read.op.returned(), read.op, false));
      }
      Collection<Operation> firstAdds = adds.values();
      firstAdds.forEach(add -> lines.add(new Line(add.invoked(), add, true)));
      acknowledged.forEach(add -> lines.add(new Line(add.returned(), add, false)));
      lines.sort(Comparator.comparingLong(Line::index));
      Operation highest = null;
      int most = -1;
      for (Line line : lines) {
        Integer known = ranks.get(line.op.id());
        int rank = known == null ? rank(line.op) : known;
        if (line.invoked && highest != null && rank < most) {
          return broken(highest, line.op);
        }
        if (!line.invoked && rank > most) {
          most = rank;
          highest = line.op;
        }
      }
      return null;
    }

    private Verdict broken(Operation before, Operation after) {
      boolean read = after.f().equals("read");
      if (read && before.f().equals("add")) {
        String what = Told.json(before.input());
        return new Verdict.Invalid(
            "acknowledged-missing",
            new Witness(
                "A read lacks %s, whose add had been acknowledged before.".formatted(what),
                List.of(Told.step(before, null), Told.step(after, "without " + what))));
      }
      if (read) {
        String what = Told.json(shownOnlyBy(before, after));
        return new Verdict.Invalid(
            "disappeared",
            new Witness(
                "A read lacks %s, which a read before it had shown.".formatted(what),
                List.of(Told.step(before, "shows " + what), Told.step(after, "without " + what))));
      }
      Operation shows = reads.get(first.getOrDefault(Told.plain(after.input()), 0)).op;
      return new Verdict.Invalid(
          "out-of-order",
          new Witness(
              "A read shows %s without %s, which had been acknowledged before it was added."
                  .formatted(Told.json(after.input()), Told.json(before.input())),
              List.of(
                  Told.step(before, null),
                  Told.step(after, null),
                  Told.step(shows, "has the later one alone"))));
    }

    private Verdict apart(Read a, Read b) {
      return new Verdict.Invalid(
          "incomparable",
          new Witness(
              "One read shows %s and not %s, another %s and not %s: no order has both."
                  .formatted(
                      Told.json(shownOnlyBy(a.op, b.op)),
                      Told.json(shownOnlyBy(b.op, a.op)),
                      Told.json(shownOnlyBy(b.op, a.op)),
                      Told.json(shownOnlyBy(a.op, b.op))),
              List.of(Told.step(a.op, null), Told.step(b.op, null))));
    }

    private static @Nullable Object shownOnlyBy(Operation one, Operation other) {
      List<@Nullable Object> all = new ArrayList<>();
      List<@Nullable Object> shown = Told.elements(one);
      List<@Nullable Object> others = Told.elements(other);
      if (shown != null && others != null) {
        all.addAll(shown);
        all.removeAll(new HashSet<>(others));
      }
      return all.isEmpty() ? null : all.get(0);
    }
  }
}
