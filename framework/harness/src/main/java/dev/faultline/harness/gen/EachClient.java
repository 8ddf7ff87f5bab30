package dev.faultline.harness.gen;

import java.util.List;

/**
 * A generator for each of some clients.
 *
 * @param turn whose turn it is: they go round, so that under a common pace none is forgotten
 */
record EachClient(List<Part> parts, int turn) implements Generator {
  /** A client and what it does. */
  record Part(String client, Generator generator) {}

  @Override
  public Step next(Context context) {
    EachClient now = this;
    long until = Long.MAX_VALUE;
    boolean waiting = false;
    for (int i = 0; i < parts.size(); i++) {
      int at = (turn + i) % parts.size();
      Part part = now.parts.get(at);
      Context own = context.only(part.client);
      switch (part.generator.next(own)) {
        case Step.Do act -> {
          return new Step.Do(act.ask(), now.at(at, act.rest(), (at + 1) % parts.size()));
        }
        case Step.Wait wait -> {
          now = Generators.same(wait.rest(), part.generator) ? now : now.at(at, wait.rest(), turn);
          until = Math.min(until, wait.until());
          waiting = true;
        }
        case Step.Done done -> now = now.at(at, Generators.nothing(), turn);
      }
    }
    return waiting ? new Step.Wait(until, now) : new Step.Done();
  }

  @Override
  public Generator update(Context context, Completed completed) {
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      if (part.client.equals(completed.client())) {
        Context own = context.only(part.client);
        Generator updated = part.generator.update(own, completed);
        return Generators.same(updated, part.generator) ? this : at(i, updated, turn);
      }
    }
    return this;
  }

  private EachClient at(int i, Generator generator, int next) {
    return new EachClient(
        Generators.replaced(parts, i, new Part(parts.get(i).client, generator)), next);
  }
}
