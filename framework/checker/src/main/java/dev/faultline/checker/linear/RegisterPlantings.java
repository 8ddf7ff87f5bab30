package dev.faultline.checker.linear;

import dev.faultline.checker.Planting;
import dev.faultline.history.History;
import dev.faultline.history.Operation;
import dev.faultline.history.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Mistakes of registers. Values are taken to be written once a key, in the order in which the
 * writes were invoked; only the operations of one key are given back, since each is decided alone.
 */
final class RegisterPlantings {
  static final List<Planting> ALL =
      List.of(
          new Planting("stale reads", RegisterPlantings::stale),
          new Planting("lost writes", RegisterPlantings::lost));

  private RegisterPlantings() {}

  /** A read answers what the register held before the value that it did answer. */
  private static @Nullable History stale(History history, RandomGenerator random) {
    Operation read =
        Planting.pick(
            history.operations(op -> op.ok() && op.f().equals("read") && op.output() != null),
            random);
    if (read == null) {
      return null;
    }
    List<Operation> ofKey = ofKey(history, read.key());
    List<Operation> writes = writes(ofKey);
    for (int i = 0; i < writes.size(); i++) {
      if (Objects.equals(written(writes.get(i)), read.output())) {
        Map<Operation, @Nullable Object> answer = new HashMap<>();
        answer.put(read, i == 0 ? null : written(writes.get(i - 1)));
        return Planting.answering(Planting.of(ofKey), answer);
      }
    }
    return null;
  }

  /** Nobody sees an acknowledged write: who did see it sees what was there before. */
  private static @Nullable History lost(History history, RandomGenerator random) {
    Operation write =
        Planting.pick(
            history.operations(op -> op.ok() && (op.f().equals("write") || op.f().equals("cas"))),
            random);
    if (write == null) {
      return null;
    }
    List<Operation> ofKey = ofKey(history, write.key());
    List<Operation> writes = writes(ofKey);
    int at = writes.indexOf(write);
    Object before = at <= 0 ? null : written(writes.get(at - 1));
    Map<Operation, @Nullable Object> answers = new HashMap<>();
    for (Operation op : ofKey) {
      if (op.ok() && op.f().equals("read") && Objects.equals(op.output(), written(write))) {
        answers.put(op, before);
      }
    }
    return Planting.answering(Planting.of(ofKey), answers);
  }

  private static List<Operation> ofKey(History history, @Nullable Object key) {
    return history.operations(op -> Objects.equals(op.key(), key));
  }

  private static List<Operation> writes(List<Operation> operations) {
    return operations.stream().filter(op -> written(op) != null).toList();
  }

  /** What an operation may have written; null if nothing. */
  private static @Nullable Object written(Operation op) {
    if (op.outcome() == Outcome.FAIL) {
      return null;
    }
    return switch (op.f()) {
      case "write" -> op.input();
      case "cas" -> op.input() instanceof List<?> pair && pair.size() == 2 ? pair.get(1) : null;
      default -> null;
    };
  }
}
