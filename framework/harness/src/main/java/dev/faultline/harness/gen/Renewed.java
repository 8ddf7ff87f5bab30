package dev.faultline.harness.gen;

import dev.faultline.history.Outcome;
import java.util.function.LongFunction;

/**
 * One client's generator, which begins anew with each process of the client.
 *
 * @param n number of the process among the client's, from 0
 */
record Renewed(String client, LongFunction<Generator> processes, long n, Generator part)
    implements Generator {
  @Override
  public Step next(Context context) {
    return switch (part.next(context)) {
      case Step.Do act -> new Step.Do(act.ask(), new Renewed(client, processes, n, act.rest()));
      case Step.Wait wait ->
          new Step.Wait(
              wait.until(),
              Generators.same(wait.rest(), part)
                  ? this
                  : new Renewed(client, processes, n, wait.rest()));
      case Step.Done done -> done;
    };
  }

  @Override
  public Generator update(Context context, Completed completed) {
    if (completed.client().equals(client) && completed.outcome() == Outcome.INFO) {
      return new Renewed(client, processes, n + 1, processes.apply(n + 1));
    }
    Generator updated = part.update(context, completed);
    return Generators.same(updated, part) ? this : new Renewed(client, processes, n, updated);
  }
}
