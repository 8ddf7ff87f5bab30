package dev.faultline.checker.objects;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Checker;
import dev.faultline.checker.Planting;
import dev.faultline.checker.Property;
import dev.faultline.checker.Verdict;
import dev.faultline.checker.Witness;
import dev.faultline.history.History;
import dev.faultline.history.Operation;
import dev.faultline.history.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was acknowledged to be in a queue comes out of it (C-QUEUE; Jepsen's {@code total-queue}).
 * Each dequeue of unknown outcome may have taken one element with it: violated when more
 * acknowledged elements are missing than there are such dequeues ({@code lost}). Unknown unless the
 * queue was found empty by a dequeue that was invoked after the last acknowledged enqueue.
 */
final class QueueLost implements Checker {
  static final Property PROPERTY =
      new Property("queue.no-lost", "every acknowledged element comes out of the queue");

  @Override
  public Property property() {
    return PROPERTY;
  }

  @Override
  public List<Planting> plantings() {
    return QueuePlantings.LOST;
  }

  @Override
  public Verdict check(History history, Budget budget) {
    return new EachKey(PROPERTY, QueuePlantings.LOST, QueueLost::judge).check(history, budget);
  }

  private static Verdict judge(List<Operation> ops) {
    Set<@Nullable Object> out = new HashSet<>();
    List<Operation> in = new ArrayList<>();
    long unknown = 0;
    long last = -1;
    Operation empty = null;
    for (Operation op : ops) {
      if (op.f().equals("enqueue") && op.ok()) {
        in.add(op);
        last = Math.max(last, op.returned());
      } else if (op.f().equals("dequeue") && op.ok() && op.output() != null) {
        out.add(Told.plain(op.output()));
      } else if (op.f().equals("dequeue") && op.ok()) {
        empty = op;
      } else if (op.f().equals("dequeue") && op.outcome() == Outcome.INFO) {
        unknown++;
      }
    }
    if (in.isEmpty()) {
      return new Verdict.Valid(0);
    }
    if (empty == null || empty.invoked() < last) {
      return new Verdict.Unknown(
          "the queue was not found empty after its last acknowledged enqueue",
          "drain the queue at the end, after everything is healed");
    }
    List<Operation> missing =
        in.stream().filter(op -> !out.contains(Told.plain(op.input()))).toList();
    if (missing.size() <= unknown) {
      return new Verdict.Valid(in.size());
    }
    Operation first = missing.get(0);
    return new Verdict.Invalid(
        "lost",
        new Witness(
            "%,d of %,d acknowledged elements never came out of the queue%s, such as %s."
                .formatted(
                    missing.size(),
                    in.size(),
                    unknown == 0
                        ? ""
                        : ", and only %,d dequeues have an unknown outcome".formatted(unknown),
                    Told.json(first.input())),
            List.of(Told.step(first, "never came out"), Told.step(empty, "nothing left"))));
  }
}
