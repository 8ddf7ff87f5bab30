package dev.faultline.harness.run;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.json.Durations;
import dev.faultline.spec.Anchor;
import dev.faultline.spec.Fault;
import dev.faultline.spec.FaultPlan;
import dev.faultline.spec.RunSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Plans next to one whose run fails: each fault a little shorter, earlier or later, or left out. Of
 * each way the smallest change that makes the run pass, as far as halving finds it.
 */
final class Neighbours {
  private static final long MILLI = 1_000_000;

  /** Further away a fault is not the same one at another time. */
  private static final long FARTHEST_MILLIS = 4_096;

  private final RunSpec spec;
  private final Predicate<RunSpec> passes;
  private final BooleanSupplier spent;
  private final List<Changed> found = new ArrayList<>();

  private Neighbours(RunSpec spec, Predicate<RunSpec> passes, BooleanSupplier spent) {
    this.spec = spec;
    this.passes = passes;
    this.spent = spent;
  }

  /**
   * A plan that was changed.
   *
   * @param how for people, such as {@code f1 lasts 1s, not 1.4s}
   */
  record Changed(RunSpec spec, String how) {}

  /**
   * Those that pass.
   *
   * @param passes runs one
   * @param spent whether to come to an end
   */
  static List<Changed> of(RunSpec spec, Predicate<RunSpec> passes, BooleanSupplier spent) {
    Neighbours neighbours = new Neighbours(spec, passes, spent);
    for (int i = 0; i < spec.plan().faults().size(); i++) {
      neighbours.of(i);
    }
    return neighbours.found;
  }

  private void of(int i) {
    Fault fault = spec.plan().faults().get(i);
    shorter(i, fault);
    shifted(fault, millis -> with(i, later(fault, millis)), "later");
    if (fault.from() instanceof Anchor.At at) {
      shifted(
          fault,
          millis -> at.at().toMillis() < millis ? null : with(i, later(fault, -millis)),
          "earlier");
    }
    List<Fault> left = new ArrayList<>(spec.plan().faults());
    left.remove(i);
    RunSpec without = planned(left);
    if (passes(without)) {
      found.add(new Changed(without, "without " + name(fault)));
    }
  }

  private static String name(Fault fault) {
    return fault.id() + " (" + String.join(", ", fault.kinds()) + ")";
  }

  private void shorter(int i, Fault fault) {
    LongFunction<RunSpec> lasting =
        millis -> with(i, fault.with(fault.id(), fault.from(), Duration.ofMillis(millis)));
    long low = 1;
    long high = fault.lasting().toMillis();
    if (high <= low || !passes(lasting.apply(low))) {
      return;
    }
    while (high - low > 1 && !spent.getAsBoolean()) {
      long middle = low + (high - low) / 2;
      if (passes(lasting.apply(middle))) {
        low = middle;
      } else {
        high = middle;
      }
    }
    String how =
        "%s lasts %s, not %s"
            .formatted(
                name(fault),
                Durations.format(Duration.ofMillis(low)),
                Durations.format(fault.lasting()));
    found.add(new Changed(lasting.apply(low), how));
  }

  /** By steps that double, then halving between the last that fails and the first that passes. */
  private void shifted(Fault fault, LongFunction<@Nullable RunSpec> by, String word) {
    long bad = 0;
    long good = 0;
    for (long step = 1; step <= FARTHEST_MILLIS && good == 0; step *= 2) {
      RunSpec candidate = by.apply(step);
      if (candidate == null || spent.getAsBoolean()) {
        return;
      }
      if (passes(candidate)) {
        good = step;
      } else {
        bad = step;
      }
    }
    while (good - bad > 1 && !spent.getAsBoolean()) {
      long middle = bad + (good - bad) / 2;
      RunSpec candidate = by.apply(middle);
      if (candidate != null && passes(candidate)) {
        good = middle;
      } else {
        bad = middle;
      }
    }
    RunSpec nearest = by.apply(good);
    if (good > 0 && nearest != null) {
      String how = "%s begins %d ms %s".formatted(name(fault), good, word);
      found.add(new Changed(nearest, how));
    }
  }

  private static Fault later(Fault fault, long millis) {
    Duration by = Duration.ofNanos(millis * MILLI);
    return fault.with(fault.id(), fault.from().later(by), fault.lasting());
  }

  private RunSpec with(int i, Fault changed) {
    List<Fault> faults = new ArrayList<>(spec.plan().faults());
    faults.set(i, changed);
    return planned(faults);
  }

  private RunSpec planned(List<Fault> faults) {
    return spec.with(spec.seed(), new FaultPlan(faults), spec.time());
  }

  private boolean passes(RunSpec candidate) {
    try {
      return passes.test(candidate);
    } catch (EnvironmentException cannotBeCarriedOut) {
      return false;
    }
  }
}
