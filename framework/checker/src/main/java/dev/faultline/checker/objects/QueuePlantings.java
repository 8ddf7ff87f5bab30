package dev.faultline.checker.objects;

import dev.faultline.checker.Planting;
import dev.faultline.history.History;
import dev.faultline.history.Operation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Mistakes of queues. */
final class QueuePlantings {
  static final List<Planting> LOST = List.of(new Planting("lost elements", QueuePlantings::lost));
  static final List<Planting> PHANTOM =
      List.of(new Planting("elements that nobody put in", QueuePlantings::phantom));
  static final List<Planting> TWICE =
      List.of(new Planting("elements out twice", QueuePlantings::twice));
  static final List<Planting> OVERTAKEN =
      List.of(new Planting("overtaken elements", QueuePlantings::overtaken));
  static final List<Planting> EMPTY =
      List.of(new Planting("empty answers of a queue with an element", QueuePlantings::empty));

  private QueuePlantings() {}

  private static List<Operation> out(History history) {
    return history.operations(QueueElements::dequeued);
  }

  /** An element never comes out: nobody asked when it would have. */
  private static @Nullable History lost(History history, RandomGenerator random) {
    Operation dequeue = Planting.pick(out(history), random);
    return dequeue == null ? null : Planting.without(history, List.of(dequeue));
  }

  private static @Nullable History phantom(History history, RandomGenerator random) {
    Operation dequeue = Planting.pick(out(history), random);
    return dequeue == null ? null : Planting.answering(history, Map.of(dequeue, "planted"));
  }

  /** A dequeue answers what one before it in the same queue did. */
  private static @Nullable History twice(History history, RandomGenerator random) {
    List<Operation> out = out(history);
    Operation again = Planting.pick(out, random);
    Operation first =
        again == null
            ? null
            : Planting.pick(out.stream().filter(d -> after(d, again)).toList(), random);
    return again == null || first == null
        ? null
        : Planting.answering(history, answer(again, first.output()));
  }

  /** Two dequeues of a queue, one right after the other, answer in the wrong order. */
  private static @Nullable History overtaken(History history, RandomGenerator random) {
    List<Operation> out = out(history);
    Operation first = Planting.pick(out, random);
    Operation next =
        first == null ? null : out.stream().filter(d -> after(first, d)).findFirst().orElse(null);
    if (first == null || next == null) {
      return null;
    }
    Map<Operation, @Nullable Object> answers = answer(first, next.output());
    answers.put(next, first.output());
    return Planting.answering(history, answers);
  }

  /** A dequeue finds nothing, and what it had found comes out later. */
  private static @Nullable History empty(History history, RandomGenerator random) {
    Operation blind = Planting.pick(out(history), random);
    Operation later =
        blind == null
            ? null
            : Planting.pick(
                history.operations(op ->
                    op.f().equals("dequeue") && op.ok() && op.output() == null && after(blind, op)),
                random);
    if (blind == null || later == null) {
      return null;
    }
    Map<Operation, @Nullable Object> answers = answer(blind, null);
    answers.put(later, blind.output());
    return Planting.answering(history, answers);
  }

  private static boolean after(Operation first, Operation second) {
    return Objects.equals(first.key(), second.key()) && first.invoked() < second.invoked();
  }

  private static Map<Operation, @Nullable Object> answer(Operation op, @Nullable Object value) {
    Map<Operation, @Nullable Object> answers = new HashMap<>();
    answers.put(op, value);
    return answers;
  }
}
