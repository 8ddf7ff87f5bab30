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
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A counter's reads lie within what was added (C-COUNT; Jepsen's {@code counter}). The counter
 * starts at 0. A read shows at least the positive amounts whose adds had returned {@code ok} before
 * it was invoked and the negative ones asked for before it returned; and at most the positive ones
 * asked for before it returned and the negative ones acknowledged before it was invoked. Violated
 * by {@code too-small} and {@code too-large}. Unknown without an {@code ok} read after the last
 * acknowledged add.
 */
final class CounterBounds implements Checker {
  static final Property PROPERTY =
      new Property("counter.within-bounds", "a counter shows what was added, no less and no more");

  @Override
  public Property property() {
    return PROPERTY;
  }

  @Override
  public List<Planting> plantings() {
    return ValuePlantings.COUNTER;
  }

  @Override
  public Verdict check(History history, Budget budget) {
    return new EachKey(PROPERTY, ValuePlantings.COUNTER, ops -> new Sweep().over(ops))
        .check(history, budget);
  }

  private record Line(long index, Operation op, boolean invoked) {}

  /** What is certain and what is possible at each line. */
  private static final class Sweep {
    private long surelyMore;
    private long surelyLess;
    private long maybeMore;
    private long maybeLess;
    private @Nullable Operation lastAdd;
    private boolean readSince = true;
    private long reads;

    Verdict over(List<Operation> ops) {
      List<Line> lines = new ArrayList<>();
      for (Operation op : ops) {
        boolean add = op.f().equals("add") && !Told.failed(op) && amount(op) != 0;
        boolean read = op.f().equals("read") && Told.number(op.output()) != null && op.ok();
        if (add || read) {
          lines.add(new Line(op.invoked(), op, true));
        }
        if ((add || read) && op.ok()) {
          lines.add(new Line(op.returned(), op, false));
        }
      }
      lines.sort(Comparator.comparingLong(Line::index));
      Map<Integer, long[]> begun = new HashMap<>();
      for (Line line : lines) {
        if (line.op.f().equals("add")) {
          add(line.op, line.invoked);
        } else if (line.invoked) {
          begun.put(line.op.id(), new long[] {surelyMore, surelyLess, readSince ? 1 : 0, adds});
        } else {
          Verdict bad = read(line.op, begun.getOrDefault(line.op.id(), new long[4]));
          if (bad != null) {
            return bad;
          }
        }
      }
      return readSince
          ? new Verdict.Valid(reads)
          : new Verdict.Unknown(
              "no ok read of the counter after the last acknowledged add",
              "end the run with a read of the counter, after everything is healed");
    }

    private long adds;

    private void add(Operation op, boolean invoked) {
      long amount = amount(op);
      if (invoked && amount > 0) {
        maybeMore += amount;
      } else if (invoked) {
        maybeLess += amount;
      } else {
        adds++;
        lastAdd = op;
        readSince = false;
        surelyMore += amount > 0 ? amount : 0;
        surelyLess += amount < 0 ? amount : 0;
      }
    }

    private @Nullable Verdict read(Operation op, long[] before) {
      reads++;
      Long shown = Told.number(op.output());
      long value = shown == null ? 0 : shown;
      long least = before[0] + maybeLess;
      long most = maybeMore + before[1];
      readSince |= before[3] == adds;
      if (value >= least && value <= most) {
        return null;
      }
      boolean small = value < least;
      List<Witness.Step> steps = new ArrayList<>();
      Operation add = lastAdd;
      if (add != null) {
        steps.add(Told.step(add, null));
      }
      steps.add(Told.step(op, small ? "at least " + least : "at most " + most));
      return new Verdict.Invalid(
          small ? "too-small" : "too-large",
          new Witness(
              small
                  ? "The counter showed %,d when at least %,d had been added."
                      .formatted(value, least)
                  : "The counter showed %,d when at most %,d had been asked to be added."
                      .formatted(value, most),
              steps));
    }

    private static long amount(Operation op) {
      Long amount = Told.number(op.input());
      return amount == null ? 0 : amount;
    }
  }
}
