package dev.faultline.cli.bench;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** An object that makes histories: it does one call after another, so they can be ordered. */
interface Thing {
  /** What a client asks. */
  record Act(String f, @Nullable Object input) {}

  /** In place of an answer: not yet. */
  Object WAIT = new Object();

  /** In place of an answer: it did not happen. */
  Object FAILED = new Object();

  /** What this process asks next. */
  Act next(RandomGenerator random, int process);

  /** Does it now, at one instant; the answer. */
  @Nullable Object apply(Act act, int process);

  /** Whether others wait for what this process asks next. */
  default boolean isAwaited(int process) {
    return false;
  }

  /** Whether it would matter if nobody knew whether this happened. */
  default boolean changes(Act act) {
    return !act.f().equals("read");
  }
}
