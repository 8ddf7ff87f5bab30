package dev.faultline.harness.gate;

import dev.faultline.harness.EnvironmentException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs schedules again and again, here and in a second JVM, and compares plan, events, history and
 * verdict. The schedules are those of {@code faultline explore} with the same seed.
 */
public final class Gate {
  private final @Nullable Duration length;
  private final long seed;
  private final Consumer<String> progress;
  private final Performer here = new Performer();

  /**
   * @param length virtual time of each schedule; null for what each target's own times call for
   * @param progress told the name of each target before it is tried
   */
  public Gate(@Nullable Duration length, long seed, Consumer<String> progress) {
    this.length = length;
    this.seed = seed;
    this.progress = progress;
  }

  /**
   * What came of it.
   *
   * @param events over all schedules, each counted once
   * @param hash sum of the histories' hashes; for one target that of the campaign of {@code
   *     explore}
   * @param flags of the second JVM
   * @param differences the first one of each target that has any
   */
  public record Result(
      long schedules, long events, long hash, List<String> flags, List<Difference> differences) {
    public Result {
      flags = List.copyOf(flags);
      differences = List.copyOf(differences);
    }
  }

  /**
   * Tries so many schedules of each target; a target with a difference is not tried further.
   *
   * @param targets each with its variant, if not the correct one
   * @param schedules at least 1
   * @throws EnvironmentException if a target cannot run in virtual time, or no second JVM starts
   */
  public Result run(List<String> targets, long schedules) {
    Sums sums = new Sums();
    try (SecondJvm second = SecondJvm.start()) {
      for (String target : targets) {
        progress.accept(target);
        Difference difference = difference(target, schedules, second, sums);
        if (difference != null) {
          sums.differences.add(difference);
        }
      }
      return new Result(sums.schedules, sums.events, sums.hash, second.flags(), sums.differences);
    }
  }

  private static final class Sums {
    final List<Difference> differences = new ArrayList<>();
    long schedules;
    long events;
    long hash;

    void add(Figures figures) {
      schedules++;
      events += figures.events();
      hash += figures.history();
    }
  }

  private @Nullable Difference difference(
      String target, long schedules, SecondJvm second, Sums sums) {
    List<Ask> asks = new ArrayList<>();
    for (long index = 0; index < schedules; index++) {
      asks.add(new Ask(target, length, seed, index, TraceHash.NONE));
    }
    Comparison within = new Comparison("two runs in this JVM", here::perform, here::perform);
    Comparison across =
        new Comparison(
            "a run in this JVM and one with " + String.join(" ", second.flags()),
            here::perform,
            second::perform);
    here.prepare(asks.get(0));
    asks.forEach(second::ask);
    Difference found = null;
    Unlike unlike = null;
    for (Ask ask : asks) {
      Figures there = second.answer();
      if (found == null && unlike == null) {
        Figures once = here.perform(ask);
        sums.add(once);
        found = within.of(ask, once, here.perform(ask));
        if (found == null && here.unheard(ask) != once.history()) {
          found = unheard(ask, once);
        }
        unlike = once.equals(there) ? null : new Unlike(ask, once, there);
      }
    }
    // Only now is nothing else asked of the second JVM, so that it can show it again.
    return found != null || unlike == null
        ? found
        : across.of(unlike.ask, unlike.here, unlike.there);
  }

  private record Unlike(Ask ask, Figures here, Figures there) {}

  private static Difference unheard(Ask ask, Figures once) {
    return new Difference(
        ask.target(),
        ask.index(),
        once.seed(),
        "a run with a listener and one without, in this JVM,",
        "have different histories",
        List.of(),
        "%016x".formatted(once.history()),
        "");
  }
}
