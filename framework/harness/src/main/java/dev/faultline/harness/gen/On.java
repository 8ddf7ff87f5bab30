package dev.faultline.harness.gen;

import java.util.function.Predicate;

/** A part that sees only some of the clients. It hears of all completions. */
record On(Predicate<Generator.Free> clients, Generator part) implements Generator {
  @Override
  public Step next(Context context) {
    return switch (part.next(context.only(clients))) {
      case Step.Do act -> new Step.Do(act.ask(), new On(clients, act.rest()));
      case Step.Wait wait -> new Step.Wait(wait.until(), new On(clients, wait.rest()));
      case Step.Done done -> done;
    };
  }

  @Override
  public Generator update(Context context, Completed completed) {
    Generator updated = part.update(context.only(clients), completed);
    return Generators.same(updated, part) ? this : new On(clients, updated);
  }
}
