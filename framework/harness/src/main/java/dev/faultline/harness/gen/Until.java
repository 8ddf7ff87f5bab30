package dev.faultline.harness.gen;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One operation at a time until one has ended so.
 *
 * @param open the client whose operation is open, or null
 */
record Until(Predicate<Generator.Completed> end, Generator part, @Nullable String open)
    implements Generator {
  @Override
  public Step next(Context context) {
    if (open != null) {
      return new Step.Wait(Long.MAX_VALUE, this);
    }
    return switch (part.next(context)) {
      case Step.Do act -> new Step.Do(act.ask(), new Until(end, act.rest(), act.ask().client()));
      case Step.Wait wait -> new Step.Wait(wait.until(), new Until(end, wait.rest(), null));
      case Step.Done done -> done;
    };
  }

  @Override
  public Generator update(Context context, Completed completed) {
    boolean own = completed.client().equals(open);
    if (own && end.test(completed)) {
      return Generators.nothing();
    }
    Generator updated = part.update(context, completed);
    return Generators.same(updated, part) && !own
        ? this
        : new Until(end, updated, own ? null : open);
  }
}
