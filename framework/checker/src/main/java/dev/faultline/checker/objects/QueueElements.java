package dev.faultline.checker.objects;

import dev.faultline.checker.Property;
import dev.faultline.checker.Verdict;
import dev.faultline.checker.Witness;
import dev.faultline.history.Operation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What comes out of a queue was put into it, and once (C-QUEUE). {@link #PHANTOM} is violated by an
 * element that nobody enqueued ({@code never-enqueued}), whose enqueue certainly failed ({@code
 * refused}) or was invoked after the dequeue had returned ({@code too-early}); {@link #DUPLICATE}
 * by one that came out of two dequeues ({@code twice}).
 */
final class QueueElements {
  static final Property PHANTOM =
      new Property("queue.no-phantom", "what comes out of a queue was put into it");
  static final Property DUPLICATE =
      new Property("queue.no-duplicate", "no element comes out of a queue twice");

  private QueueElements() {}

  static EachKey phantom() {
    return new EachKey(PHANTOM, QueuePlantings.PHANTOM, QueueElements::unexplained);
  }

  static EachKey duplicate() {
    return new EachKey(DUPLICATE, QueuePlantings.TWICE, QueueElements::twice);
  }

  static boolean dequeued(Operation op) {
    return op.f().equals("dequeue") && op.ok() && op.output() != null;
  }

  private static Verdict unexplained(List<Operation> ops) {
    Map<@Nullable Object, Operation> in = new HashMap<>();
    Map<@Nullable Object, Operation> refused = new HashMap<>();
    long examined = 0;
    for (Operation op : ops) {
      if (op.f().equals("enqueue")) {
        (Told.failed(op) ? refused : in).putIfAbsent(Told.plain(op.input()), op);
      }
    }
    for (Operation op : ops) {
      if (!dequeued(op)) {
        continue;
      }
      examined++;
      Object element = Told.plain(op.output());
      String what = Told.json(element);
      Operation put = in.get(element);
      Operation no = refused.get(element);
      if (put == null && no == null) {
        return invalid(
            "never-enqueued", what + " came out of the queue; nobody had put it in.", op);
      } else if (put == null && no != null) {
        return invalid(
            "refused", what + " came out of the queue; its enqueue had certainly failed.", no, op);
      } else if (put != null && put.invoked() > op.returned()) {
        return invalid("too-early", what + " came out before anybody put it in.", op, put);
      }
    }
    return new Verdict.Valid(examined);
  }

  private static Verdict twice(List<Operation> ops) {
    Map<@Nullable Object, Operation> out = new HashMap<>();
    long examined = 0;
    for (Operation op : ops) {
      if (dequeued(op)) {
        examined++;
        Operation before = out.putIfAbsent(Told.plain(op.output()), op);
        if (before != null) {
          String what = Told.json(op.output());
          return invalid("twice", what + " came out of the queue twice.", before, op);
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
