package dev.faultline.harness.gen;

import dev.faultline.history.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * One operation at a time until one is {@code ok}.
 *
 * @param open the client whose operation is open, or null
 */
record UntilOk(Generator part, @Nullable String open) implements Generator {
  @Override
  public Step next(Context context) {
    if (open != null) {
      return new Step.Wait(Long.MAX_VALUE, this);
    }
    return switch (part.next(context)) {
      case Step.Do act -> new Step.Do(act.ask(), new UntilOk(act.rest(), act.ask().client()));
      case Step.Wait wait -> new Step.Wait(wait.until(), new UntilOk(wait.rest(), null));
      case Step.Done done -> done;
    };
  }

  @Override
  public Generator update(Context context, Completed completed) {
    boolean own = completed.client().equals(open);
    if (own && completed.outcome() == Outcome.OK) {
      return Generators.nothing();
    }
    Generator updated = part.update(context, completed);
    return Generators.same(updated, part) && !own ? this : new UntilOk(updated, own ? null : open);
  }
}
