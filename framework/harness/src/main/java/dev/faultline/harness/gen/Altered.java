package dev.faultline.harness.gen;

import java.util.function.UnaryOperator;

/** A part whose operations are altered. It hears of completions as they were. */
record Altered(UnaryOperator<Generator.Ask> change, Generator part) implements Generator {
  @Override
  public Step next(Context context) {
    return switch (part.next(context)) {
      case Step.Do act -> new Step.Do(change.apply(act.ask()), new Altered(change, act.rest()));
      case Step.Wait wait -> new Step.Wait(wait.until(), new Altered(change, wait.rest()));
      case Step.Done done -> done;
    };
  }

  @Override
  public Generator update(Context context, Completed completed) {
    Generator updated = part.update(context, completed);
    return Generators.same(updated, part) ? this : new Altered(change, updated);
  }
}
