package dev.faultline.harness.gen;

import java.util.List;

/**
 * One operation of each part in turn; done when the part whose turn it is has nothing any more.
 *
 * @param turn whose turn it is
 */
record FlipFlop(List<Generator> parts, int turn) implements Generator {
  @Override
  public Step next(Context context) {
    return switch (parts.get(turn).next(context)) {
      case Step.Do act ->
          new Step.Do(
              act.ask(),
              new FlipFlop(
                  Generators.replaced(parts, turn, act.rest()), (turn + 1) % parts.size()));
      case Step.Wait wait ->
          new Step.Wait(
              wait.until(),
              Generators.same(wait.rest(), parts.get(turn))
                  ? this
                  : new FlipFlop(Generators.replaced(parts, turn, wait.rest()), turn));
      case Step.Done done -> done;
    };
  }

  @Override
  public Generator update(Context context, Completed completed) {
    List<Generator> updated = Generators.updated(parts, context, completed);
    return Generators.same(updated, parts) ? this : new FlipFlop(updated, turn);
  }
}
