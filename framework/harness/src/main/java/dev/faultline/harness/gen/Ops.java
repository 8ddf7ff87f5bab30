package dev.faultline.harness.gen;

import java.util.function.BiFunction;
import java.util.random.RandomGenerator;

/**
 * Operations without end. The client is drawn from a stream of its own, so that the values do not
 * depend on how many clients happen to be free.
 *
 * @param n operations made so far
 * @param learned what completions have taught
 */
record Ops<S>(
    String path,
    long n,
    S learned,
    Generators.Asker<S> asker,
    BiFunction<S, Generator.Completed, S> learn)
    implements Generator {

  @Override
  public Step next(Context context) {
    int clients = context.free().size();
    if (clients > 0) {
      int first = context.random(path + "#client", n).nextInt(clients);
      for (int i = 0; i < clients; i++) {
        Free client = context.free().get((first + i) % clients);
        RandomGenerator random = context.random(path, n);
        Ask ask = asker.ask(learned, client, random, n);
        if (ask != null) {
          return new Step.Do(ask, new Ops<>(path, n + 1, learned, asker, learn));
        }
      }
    }
    return new Step.Wait(Long.MAX_VALUE, this);
  }

  @Override
  public Generator update(Context context, Completed completed) {
    S known = learn.apply(learned, completed);
    return Generators.same(known, learned) ? this : new Ops<>(path, n, known, asker, learn);
  }
}
