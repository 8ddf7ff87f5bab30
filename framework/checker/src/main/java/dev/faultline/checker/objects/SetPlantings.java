package dev.faultline.checker.objects;

import dev.faultline.checker.Planting;
import dev.faultline.history.History;
import dev.faultline.history.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Mistakes of sets and of logs, whose reads show elements, or pairs of offset and element. */
final class SetPlantings {
  static final List<Planting> TWICE =
      List.of(new Planting("elements shown twice", SetPlantings::twice));

  static final List<Planting> STALE =
      List.of(new Planting("reads that lack an element", SetPlantings::lacking));

  private SetPlantings() {}

  /** An acknowledged element is in no read. */
  static List<Planting> lost(String adds) {
    return List.of(
        new Planting("lost " + adds + "s", (history, random) -> lost(adds, history, random)));
  }

  private static @Nullable History lost(String adds, History history, RandomGenerator random) {
    Operation add = Planting.pick(history.operations(op -> op.ok() && op.f().equals(adds)), random);
    if (add == null) {
      return null;
    }
    Map<Operation, @Nullable Object> answers = new HashMap<>();
    for (Operation read : reads(history)) {
      if (Objects.equals(read.key(), add.key()) && read.output() instanceof List<?> elements) {
        List<@Nullable Object> fewer = new ArrayList<>(elements);
        if (fewer.removeIf(e -> Objects.equals(element(e), add.input()))) {
          answers.put(read, fewer);
        }
      }
    }
    return Planting.answering(history, answers);
  }

  private static @Nullable Object element(@Nullable Object shown) {
    return shown instanceof List<?> pair && pair.size() == 2 ? pair.get(1) : shown;
  }

  /** A read shows one element once more. */
  private static @Nullable History twice(History history, RandomGenerator random) {
    Operation read = Planting.pick(reads(history), random);
    if (read == null || !(read.output() instanceof List<?> elements)) {
      return null;
    }
    List<@Nullable Object> more = new ArrayList<>(elements);
    more.add(Planting.pick(elements, random));
    return Planting.answering(history, Map.of(read, more));
  }

  /** A read lacks one of the elements that it showed. */
  private static @Nullable History lacking(History history, RandomGenerator random) {
    Operation read = Planting.pick(reads(history), random);
    if (read == null || !(read.output() instanceof List<?> elements)) {
      return null;
    }
    List<@Nullable Object> fewer = new ArrayList<>(elements);
    fewer.remove(random.nextInt(fewer.size()));
    return Planting.answering(history, Map.of(read, fewer));
  }

  private static List<Operation> reads(History history) {
    return history.operations(
        op -> op.ok() && op.f().equals("read") && op.output() instanceof List<?> l && !l.isEmpty());
  }
}
