package dev.faultline.harness.gen;

import java.util.List;
import java.util.Set;

/**
 * One part after another.
 *
 * @param parts what is left; the first is at work
 * @param barrier whether the next part waits until the operations of the first have completed
 * @param open clients with an operation of the first part; only kept with a barrier
 */
record Sequence(List<Generator> parts, boolean barrier, Set<String> open) implements Generator {
  @Override
  public Step next(Context context) {
    Sequence now = this;
    while (!now.parts.isEmpty()) {
      Step step = now.parts.get(0).next(context);
      switch (step) {
        case Step.Do act -> {
          Set<String> opened = barrier ? Generators.with(now.open, act.ask().client()) : now.open;
          return new Step.Do(act.ask(), now.at(act.rest(), opened));
        }
        case Step.Wait wait -> {
          return new Step.Wait(
              wait.until(),
              Generators.same(wait.rest(), now.parts.get(0)) ? now : now.at(wait.rest(), now.open));
        }
        case Step.Done done -> {
          if (!now.open.isEmpty() && now.parts.size() > 1) {
            return new Step.Wait(Long.MAX_VALUE, now);
          }
          now = new Sequence(now.parts.subList(1, now.parts.size()), barrier, Set.of());
        }
      }
    }
    return new Step.Done();
  }

  @Override
  public Generator update(Context context, Completed completed) {
    if (parts.isEmpty()) {
      return this;
    }
    Generator updated = parts.get(0).update(context, completed);
    Set<String> left = Generators.without(open, completed.client());
    return Generators.same(updated, parts.get(0)) && Generators.same(left, open)
        ? this
        : at(updated, left);
  }

  private Sequence at(Generator first, Set<String> opened) {
    return new Sequence(Generators.replaced(parts, 0, first), barrier, opened);
  }
}
