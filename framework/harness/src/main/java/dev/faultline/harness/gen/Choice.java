package dev.faultline.harness.gen;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Asks its parts in some order; the first that has something now is taken.
 *
 * @param n operations made so far
 */
record Choice(List<Generator> parts, Order order, long n) implements Generator {
  Choice {
    parts = List.copyOf(parts);
  }

  /** In which order the parts are asked. */
  sealed interface Order {}

  /** As they were given. */
  record AsGiven() implements Order {}

  /** Drawn for each operation; a larger weight tends to be earlier. */
  record Drawn(String path, List<Double> weights) implements Order {}

  @Override
  public Step next(Context context) {
    List<Generator> rests = new ArrayList<>(parts);
    long until = Long.MAX_VALUE;
    boolean waiting = false;
    for (int i : order(context)) {
      switch (parts.get(i).next(context)) {
        case Step.Do act -> {
          rests.set(i, act.rest());
          return new Step.Do(act.ask(), new Choice(rests, order, n + 1));
        }
        case Step.Wait wait -> {
          rests.set(i, wait.rest());
          until = Math.min(until, wait.until());
          waiting = true;
        }
        case Step.Done done -> rests.set(i, Generators.nothing());
      }
    }
    return waiting ? new Step.Wait(until, new Choice(rests, order, n)) : new Step.Done();
  }

  @Override
  public Generator update(Context context, Completed completed) {
    return new Choice(parts.stream().map(p -> p.update(context, completed)).toList(), order, n);
  }

  private int[] order(Context context) {
    return switch (order) {
      case AsGiven given -> IntStream.range(0, parts.size()).toArray();
      case Drawn drawn -> drawn(context.random(drawn.path(), n), drawn.weights());
    };
  }

  /** Weighted order without replacement, by exponential keys (Efraimidis and Spirakis, 2006). */
  private static int[] drawn(RandomGenerator random, List<Double> weights) {
    double[] keys = weights.stream().mapToDouble(w -> random.nextExponential() / w).toArray();
    return IntStream.range(0, keys.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> keys[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
