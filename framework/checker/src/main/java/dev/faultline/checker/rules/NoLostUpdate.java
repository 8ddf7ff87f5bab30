package dev.faultline.checker.rules;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Checker;
import dev.faultline.checker.Planting;
import dev.faultline.checker.Property;
import dev.faultline.checker.Verdict;
import dev.faultline.checker.Witness;
import dev.faultline.history.History;
import dev.faultline.history.Operation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * No acknowledged increment of a counter is overwritten. The counter starts at 0 or above and only
 * grows. Violated when two {@code ok} increments wrote one value; when an increment or a read found
 * less than an increment had written that had returned before it was invoked; or when a read shows
 * less than the number of increments that had returned before it. Unknown without an {@code ok}
 * read after the last {@code ok} increment: the last ones could be lost unseen.
 */
final class NoLostUpdate implements Checker {
  static final Property PROPERTY =
      new Property("counter.no-lost-update", "no acknowledged increment is overwritten");

  @Override
  public Property property() {
    return PROPERTY;
  }

  @Override
  public List<Planting> plantings() {
    return Plantings.COUNTER;
  }

  @Override
  public Verdict check(History history, Budget budget) {
    Map<@Nullable Object, List<Operation>> byKey = new LinkedHashMap<>();
    for (Operation op : history.operations(Operation::ok)) {
      byKey.computeIfAbsent(op.key(), k -> new ArrayList<>()).add(op);
    }
    long examined = 0;
    long unread = 0;
    for (List<Operation> ops : byKey.values()) {
      List<Operation> increments = ops.stream().filter(NoLostUpdate::increments).toList();
      List<Operation> readers = ops.stream().filter(op -> found(op) != null).toList();
      Verdict bad = twice(increments);
      bad = bad == null ? backwards(increments, readers) : bad;
      if (bad != null) {
        return bad;
      }
      examined += increments.size();
      boolean read =
          readers.stream()
              .filter(op -> !increments(op))
              .anyMatch(r -> increments.stream().allMatch(i -> i.precedes(r)));
      unread += read ? 0 : increments.size();
    }
    if (unread > 0) {
      return new Verdict.Unknown(
          "no ok read of the counter after the last ok increment (%d increments)".formatted(unread),
          "end the run with a read of the counter, after everything is healed");
    }
    return new Verdict.Valid(examined);
  }

  private static boolean increments(Operation op) {
    return op.f().equals("increment") && Shown.number(op.output(), "to") != null;
  }

  private static long to(Operation op) {
    return Objects.requireNonNull(Shown.number(op.output(), "to"));
  }

  /** The value that an operation found: by a read, or by an increment before it wrote. */
  private static @Nullable Long found(Operation op) {
    return switch (op.f()) {
      case "increment" -> Shown.number(op.output(), "from");
      case "read" -> Shown.number(op.output());
      default -> null;
    };
  }

  private static @Nullable Verdict twice(List<Operation> increments) {
    Map<Long, Operation> writers = new HashMap<>();
    for (Operation op : increments) {
      Operation first = writers.putIfAbsent(to(op), op);
      if (first != null) {
        return new Verdict.Invalid(
            "written-twice",
            new Witness(
                "Two acknowledged increments both wrote %d: one of them is lost.".formatted(to(op)),
                List.of(step(first, null), step(op, "the same value once more"))));
      }
    }
    return null;
  }

  private static @Nullable Verdict backwards(List<Operation> increments, List<Operation> readers) {
    List<Operation> byReturn =
        increments.stream().sorted(Comparator.comparingLong(Operation::returned)).toList();
    Operation highest = null;
    int returned = 0;
    for (Operation reader : readers) {
      while (returned < byReturn.size() && byReturn.get(returned).precedes(reader)) {
        Operation next = byReturn.get(returned++);
        highest = highest == null || to(next) > to(highest) ? next : highest;
      }
      long found = Objects.requireNonNull(found(reader));
      if (highest != null && found < to(highest)) {
        return new Verdict.Invalid(
            "went-back",
            new Witness(
                "The counter was %d after an acknowledged increment had made it %d."
                    .formatted(found, to(highest)),
                List.of(step(highest, null), step(reader, "less than before"))));
      }
      if (highest != null && found < returned) {
        return new Verdict.Invalid(
            "too-few",
            new Witness(
                "The counter was %d after %d increments had been acknowledged."
                    .formatted(found, returned),
                List.of(
                    step(highest, "the highest value acknowledged"),
                    step(reader, (returned - found) + " missing"))));
      }
    }
    return null;
  }

  private static Witness.Step step(Operation op, @Nullable String remark) {
    String lane = op.client() != null ? op.client() : "process " + op.process();
    String text =
        op.f().equals("increment")
            ? "increment %s → %s ok".formatted(found(op), to(op))
            : "read → " + found(op);
    return new Witness.Step(op.invoked(), op.invokeTime(), op.returnTime(), lane, text, remark);
  }
}
