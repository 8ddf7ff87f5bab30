package dev.faultline.harness.gen;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/**
 * Several keys at a time, each with a generator; a key whose generator is done gives way to the
 * next.
 *
 * @param active the generators at work
 * @param keys how many keys were begun
 * @param n operations made so far
 */
record PerKey(
    String path,
    int width,
    LongFunction<Generator> forKey,
    List<Generator> active,
    long keys,
    long n)
    implements Generator {

  @Override
  public Step next(Context context) {
    // Handed on, and never changed after that.
    List<Generator> at = new ArrayList<>(active);
    long begun = keys;
    while (at.size() < width) {
      at.add(forKey.apply(begun++));
    }
    int first = context.random(path, n).nextInt(width);
    long until = Long.MAX_VALUE;
    boolean waiting = false;
    for (int i = 0; i < width; i++) {
      int slot = (first + i) % width;
      Step step = at.get(slot).next(context);
      if (step instanceof Step.Done) {
        step = forKey.apply(begun++).next(context);
      }
      switch (step) {
        case Step.Do act -> {
          at.set(slot, act.rest());
          return new Step.Do(act.ask(), new PerKey(path, width, forKey, at, begun, n + 1));
        }
        case Step.Wait wait -> {
          at.set(slot, wait.rest());
          until = Math.min(until, wait.until());
          waiting = true;
        }
        // A key that had nothing from the start: there are no more keys.
        case Step.Done done -> at.set(slot, Generators.nothing());
      }
    }
    return waiting
        ? new Step.Wait(until, new PerKey(path, width, forKey, at, begun, n))
        : new Step.Done();
  }

  @Override
  public Generator update(Context context, Completed completed) {
    List<Generator> updated = Generators.updated(active, context, completed);
    return Generators.same(updated, active)
        ? this
        : new PerKey(path, width, forKey, updated, keys, n);
  }
}
