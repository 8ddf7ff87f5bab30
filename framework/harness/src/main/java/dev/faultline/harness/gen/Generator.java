package dev.faultline.harness.gen;

import dev.faultline.history.Outcome;
import dev.faultline.node.KeyedRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Yields operations. Immutable: {@link #next} and {@link #update} return what to go on with.
 * Combinators are in {@link Generators}.
 */
public interface Generator {
  /** What to do now. */
  Step next(Context context);

  /** This generator after a completion; by default it does not care. */
  default Generator update(Context context, Completed completed) {
    return this;
  }

  /** What to do now. */
  sealed interface Step {
    /** Call this operation, and go on with the rest. */
    record Do(Ask ask, Generator rest) implements Step {}

    /**
     * Nothing now; ask again at a time, or after the next completion.
     *
     * @param until nanoseconds since the run's start; {@link Long#MAX_VALUE} for no time
     */
    record Wait(long until, Generator rest) implements Step {}

    /** Nothing any more. */
    record Done() implements Step {}
  }

  /**
   * An operation to call.
   *
   * @param client one of the context's free clients
   * @param intended when it was to be called, nanoseconds since the run's start, where a pace says
   *     so; {@link #AT_ONCE} otherwise. A call that comes later than that waited for a client
   */
  record Ask(String client, String f, @Nullable Object key, @Nullable Object value, long intended) {
    /** No time: it is called when it is made. */
    public static final long AT_ONCE = Long.MAX_VALUE;

    public Ask(String client, String f, @Nullable Object key, @Nullable Object value) {
      this(client, f, key, value, AT_ONCE);
    }

    /** The same, to be called at a time; the earlier counts if it has one. */
    Ask due(long time) {
      return time < intended ? new Ask(client, f, key, value, time) : this;
    }
  }

  /** How an operation ended. */
  record Completed(
      String client,
      String f,
      @Nullable Object key,
      @Nullable Object input,
      Outcome outcome,
      @Nullable Object output) {}

  /** A client without an open operation. */
  record Free(String client, String node, String duty) {}

  /**
   * What a generator may know.
   *
   * @param now nanoseconds since the run's start
   * @param free the clients that can be asked, in a fixed order
   * @param seed of the run; see {@link #random}
   */
  record Context(long now, List<Free> free, long seed) {
    /** Random numbers keyed by a stable path and a counter that the generator keeps. */
    public RandomGenerator random(String path, long counter) {
      return KeyedRandom.of(seed, "generator", path, counter);
    }

    /** The same context with only one client, if that is free. */
    public Context only(String client) {
      for (Free one : free) {
        if (one.client().equals(client)) {
          return new Context(now, List.of(one), seed);
        }
      }
      return new Context(now, List.of(), seed);
    }

    /** The same context with only some of the free clients. */
    public Context only(Predicate<Free> filter) {
      List<Free> some = new ArrayList<>(free.size());
      for (Free client : free) {
        if (filter.test(client)) {
          some.add(client);
        }
      }
      return new Context(now, Collections.unmodifiableList(some), seed);
    }
  }
}
