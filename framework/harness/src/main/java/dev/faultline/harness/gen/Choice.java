package dev.faultline.harness.gen;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Asks its parts in some order; the first that has something now is taken.
 *
 * @param shortest whether all are done as soon as one is
 * @param n operations made so far
 */
record Choice(List<Generator> parts, Order order, boolean shortest, long n) implements Generator {
  /** In which order the parts are asked. */
  sealed interface Order {}

  /** As they were given. */
  record AsGiven() implements Order {}

  /** Drawn for each operation; a larger weight tends to be earlier. */
  record Drawn(String path, List<Double> weights) implements Order {}

  @Override
  public Step next(Context context) {
    // Handed on, and never changed after that.
    List<Generator> rests = new ArrayList<>(parts);
    long until = Long.MAX_VALUE;
    boolean waiting = false;
    for (int i : order(context)) {
      switch (parts.get(i).next(context)) {
        case Step.Do act -> {
          rests.set(i, act.rest());
          return new Step.Do(act.ask(), new Choice(rests, order, shortest, n + 1));
        }
        case Step.Wait wait -> {
          rests.set(i, wait.rest());
          until = Math.min(until, wait.until());
          waiting = true;
        }
        case Step.Done done -> {
          if (shortest) {
            return done;
          }
          rests.set(i, Generators.nothing());
        }
      }
    }
    return waiting ? new Step.Wait(until, new Choice(rests, order, shortest, n)) : new Step.Done();
  }

  @Override
  public Generator update(Context context, Completed completed) {
    List<Generator> updated = Generators.updated(parts, context, completed);
    return Generators.same(updated, parts) ? this : new Choice(updated, order, shortest, n);
  }

  private int[] order(Context context) {
    return switch (order) {
      case AsGiven given -> IntStream.range(0, parts.size()).toArray();
      case Drawn drawn -> drawn(context.random(drawn.path(), n), drawn.weights());
    };
  }

  /** Weighted order without replacement, by exponential keys (Efraimidis and Spirakis, 2006). */
  private static int[] drawn(RandomGenerator random, List<Double> weights) {
    int size = weights.size();
    double[] keys = new double[size];
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      keys[i] = random.nextExponential() / weights.get(i);
      int at = i;
      for (; at > 0 && keys[order[at - 1]] > keys[i]; at--) {
        order[at] = order[at - 1];
      }
      order[at] = i;
    }
    return order;
  }
}
