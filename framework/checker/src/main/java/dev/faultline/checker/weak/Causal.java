package dev.faultline.checker.weak;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Checker;
import dev.faultline.checker.Property;
import dev.faultline.checker.Verdict;
import dev.faultline.checker.Witness;
import dev.faultline.checker.objects.Told;
import dev.faultline.history.History;
import dev.faultline.history.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Causal consistency of registers by key whose values are written once: no read finds what it must
 * know to be replaced. Decided by the bad patterns of Bouajjani, Enea, Guerraoui and Hamza, "On
 * Verifying Causal Consistency" (POPL 2017): values from nowhere, cyclic causality, initial and
 * overwritten values (CC); if replicas are to converge, also cyclic conflicts (CCv). Not causal
 * memory (CM).
 */
final class Causal implements Checker {
  static final Property PROPERTY =
      new Property("causal", "nobody misses what caused something that was seen");

  /** How many entries the clocks of all operations may have. */
  private static final long MOST = 100_000_000;

  private final boolean convergent;

  Causal(boolean convergent) {
    this.convergent = convergent;
  }

  @Override
  public Property property() {
    return PROPERTY;
  }

  @Override
  public Verdict check(History history, Budget budget) {
    Map<@Nullable Object, Writes> writes = Writes.byKey(history);
    Verdict unknown = Writes.ambiguous(writes);
    if (unknown != null) {
      return unknown;
    }
    Causality past = new Causality(history, writes);
    for (int i = 0; i < past.source.length; i++) {
      Operation op = past.ops.get(i);
      if (Writes.isRead(op) && past.source[i] == Causality.NONE && Writes.value(op) != null) {
        String sentence = "A read found %s, which nobody wrote.".formatted(value(op));
        return invalid("never-written", sentence, List.of(op));
      }
    }
    List<Operation> cycle = past.cycle();
    if (!cycle.isEmpty()) {
      return invalid(
          "cycle", "Each of these comes before the next, and the last before the first.", cycle);
    }
    return past.entries() > MOST
        ? new Verdict.Unknown(
            "%,d operations of %,d sessions are too many"
                .formatted(past.ops.size(), past.sessions()),
            "run for a shorter time, or with fewer clients")
        : judge(past, budget);
  }

  private Verdict judge(Causality past, Budget budget) {
    past.wind();
    long examined = 0;
    List<int[]> conflicts = new ArrayList<>();
    for (int i = 0; i < past.source.length; i++) {
      if (!Writes.isRead(past.ops.get(i))) {
        continue;
      }
      examined++;
      int found = past.source[i];
      for (int s = 0; s < past.sessions(); s++) {
        int write = past.lastWrite(i, s);
        if (write == Causality.NONE || write == found) {
          continue;
        }
        if (found == Causality.NONE || past.precedes(found, write)) {
          return replaced(past, found, write, i);
        }
        conflicts.add(new int[] {write, found});
      }
      Verdict over = (examined & 255) == 0 ? Told.exhausted(budget, examined) : null;
      if (over != null) {
        return over;
      }
    }
    if (convergent) {
      conflicts.forEach(pair -> past.add(pair[0], pair[1]));
      List<Operation> cycle = past.cycle();
      if (!cycle.isEmpty()) {
        return invalid(
            "conflict-cycle",
            "No one order of the writes fits all reads: each of these comes before the next, and"
                + " the last before the first.",
            cycle);
      }
    }
    return new Verdict.Valid(examined);
  }

  private static Verdict replaced(Causality past, int found, int write, int read) {
    List<Operation> shown = new ArrayList<>();
    if (found != Causality.NONE) {
      past.path(found, write).forEach(i -> shown.add(past.ops.get(i)));
      shown.remove(shown.size() - 1);
    }
    past.path(write, read).forEach(i -> shown.add(past.ops.get(i)));
    String before = value(past.ops.get(write));
    String sentence =
        found == Causality.NONE
            ? "A read found nothing, but the write of %s is among what caused it.".formatted(before)
            : "A read found %s, but %s, which came after it, is among what caused the read."
                .formatted(value(past.ops.get(read)), before);
    return invalid(found == Causality.NONE ? "initial-read" : "overwritten", sentence, shown);
  }

  private static String value(Operation op) {
    return Told.json(Writes.value(op));
  }

  private static Verdict invalid(String clause, String sentence, List<Operation> ops) {
    return new Verdict.Invalid(
        clause, new Witness(sentence, ops.stream().map(op -> Told.step(op, null)).toList()));
  }
}
