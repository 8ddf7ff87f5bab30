package dev.faultline.checker.rules;

import dev.faultline.checker.Planting;
import dev.faultline.checker.Planting.Instead;
import dev.faultline.history.History;
import dev.faultline.history.Operation;
import dev.faultline.history.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Mistakes of locks, leases and elections: a second one has what somebody has. It is who asked for
 * it twice in vain or, where asking waits, who waited; or who said twice not to have it.
 */
final class BeliefPlantings {
  static final List<Planting> LOCKS =
      List.of(new Planting("second holders of a lock", BeliefPlantings::secondLock));
  static final List<Planting> LEASES =
      List.of(new Planting("second holders of the lease", BeliefPlantings::secondLease));
  static final List<Planting> LEADERS =
      List.of(new Planting("second leaders at a time", BeliefPlantings::secondLeader));

  /** Greater than any that a run gets to. */
  private static final long NUMBER = 1L << 40;

  private BeliefPlantings() {}

  /** Who asked in vain twice in a row got the lock, and still had it when it asked again. */
  private static @Nullable History secondLock(History history, RandomGenerator random) {
    Operation waited =
        Planting.pick(
            history.operations(op -> op.ok() && op.f().equals("acquire") && waited(history, op)),
            random);
    List<List<Operation>> vain =
        pairs(
            history,
            op -> List.of("acquire", "held?", "release").contains(op.f()),
            op -> op.f().equals("acquire") && op.outcome() == Outcome.FAIL,
            op -> String.valueOf(op.client()));
    if (waited != null && (vain.isEmpty() || random.nextBoolean())) {
      return Planting.answeredAtOnce(history, waited);
    }
    List<Operation> pair = Planting.pick(vain, random);
    return pair == null
        ? null
        : Planting.instead(
            history,
            Map.of(
                pair.get(0), new Instead("acquire", null),
                pair.get(1), new Instead("held?", Map.of("held", true))));
  }

  /** Whether another said meanwhile that it held the lock. */
  private static boolean waited(History history, Operation acquire) {
    return !history
        .operations(op ->
            op.f().equals("held?")
                && op.process() != acquire.process()
                && Objects.equals(op.key(), acquire.key())
                && Shown.flag(op.output(), "held")
                && acquire.invoked() < op.invoked()
                && op.returned() < acquire.returned())
        .isEmpty();
  }

  private static @Nullable History secondLease(History history, RandomGenerator random) {
    return believing(history, random, "held?", "held", "token", op -> String.valueOf(op.node()));
  }

  private static @Nullable History secondLeader(History history, RandomGenerator random) {
    return believing(history, random, "leader?", "leader", "term", BeliefPlantings::who);
  }

  /** Somebody who said twice in a row that it held nothing said that it did. */
  private static @Nullable History believing(
      History history,
      RandomGenerator random,
      String question,
      String believes,
      String number,
      Function<Operation, String> whose) {
    List<Operation> pair =
        Planting.pick(
            pairs(
                history,
                op -> List.of(question, "release", "resign").contains(op.f()),
                op -> op.f().equals(question) && op.ok() && !Shown.flag(op.output(), believes),
                whose),
            random);
    if (pair == null) {
      return null;
    }
    Map<Operation, Instead> others = new HashMap<>();
    for (Operation no : pair) {
      Map<String, @Nullable Object> answer = new LinkedHashMap<>();
      if (no.output() instanceof Map<?, ?> map) {
        map.forEach((name, value) -> answer.put(String.valueOf(name), value));
      }
      answer.put(believes, true);
      answer.put(number, NUMBER);
      others.put(no, new Instead(question, answer));
    }
    return Planting.instead(history, others);
  }

  private static String who(Operation op) {
    Object said = op.output() instanceof Map<?, ?> map ? map.get("who") : null;
    return said instanceof String who ? who : String.valueOf(op.node());
  }

  /**
   * Operations on the same thing that somebody made one right after the other, both of a kind.
   *
   * @param counts which come between
   */
  private static List<List<Operation>> pairs(
      History history,
      Predicate<Operation> counts,
      Predicate<Operation> wanted,
      Function<Operation, String> whose) {
    Map<List<@Nullable Object>, Operation> last = new HashMap<>();
    List<List<Operation>> pairs = new ArrayList<>();
    for (Operation op : history.operations(counts)) {
      List<@Nullable Object> of = new ArrayList<>();
      of.add(whose.apply(op));
      of.add(op.key());
      Operation before = last.put(of, op);
      if (before != null
          && wanted.test(before)
          && wanted.test(op)
          && before.precedes(op)
          && before.process() == op.process()) {
        pairs.add(List.of(before, op));
      }
    }
    return pairs;
  }
}
