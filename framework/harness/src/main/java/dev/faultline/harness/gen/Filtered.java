package dev.faultline.harness.gen;

import java.util.function.Predicate;

/** A part of whose operations some are left out. */
record Filtered(Predicate<Generator.Ask> wanted, Generator part) implements Generator {
  /** A part that makes so many in a row that nobody wants will never make another. */
  private static final int TRIES = 100_000;

  @Override
  public Step next(Context context) {
    Generator now = part;
    for (int i = 0; i < TRIES; i++) {
      switch (now.next(context)) {
        case Step.Do act -> {
          if (wanted.test(act.ask())) {
            return new Step.Do(act.ask(), new Filtered(wanted, act.rest()));
          }
          now = act.rest();
        }
        case Step.Wait wait -> {
          return new Step.Wait(wait.until(), new Filtered(wanted, wait.rest()));
        }
        case Step.Done done -> {
          return done;
        }
      }
    }
    throw new IllegalStateException(
        "filter: %,d operations in a row were not wanted; use limit inside, or a maker that makes what is"
            .formatted(TRIES));
  }

  @Override
  public Generator update(Context context, Completed completed) {
    Generator updated = part.update(context, completed);
    return Generators.same(updated, part) ? this : new Filtered(wanted, updated);
  }
}
