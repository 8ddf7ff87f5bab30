package dev.faultline.checker.linear;

import dev.faultline.checker.Budget;
import dev.faultline.checker.linear.Linearizer.Answer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a bad history small by steps that never turn a good one bad, so that what is left still
 * convicts the whole:
 *
 * <ol>
 *   <li>Prefix: what was invoked after the line where the search got stuck goes; what had not
 *       returned by then may be left out.
 *   <li>Values: whoever looks for value <i>v</i> goes or no longer asks; then nobody misses those
 *       that make <i>v</i>, and they go too.
 *   <li>Observations go one by one.
 *   <li>Front, if that left many: everything that returned before some state-making step <i>a</i>
 *       was invoked goes; in exchange <i>a</i>, and all that was invoked before <i>a</i> returned,
 *       no longer ask for a state. After <i>a</i> the state is what it was.
 * </ol>
 *
 * {@link Closure} checks the outcome by itself.
 */
final class Shrinker {
  /** Configurations that one attempt may cost; a harder one is not tried further. */
  private static final long EFFORT = 20_000;

  /** So few that a person sees them at once; whoever made the values found is worth a line. */
  private static final int FEW = 6;

  private final Linearizer linearizer;
  private final Budget budget;

  Shrinker(Linearizer linearizer, Budget budget) {
    this.linearizer = linearizer;
    this.budget = budget;
  }

  /**
   * What is left of a bad history.
   *
   * @param steps few, and still without an order
   * @param anchor the step that stands for everything before it, if a front was cut off
   * @param end index of the line at which the prefix ends
   */
  record Small(List<Step> steps, @Nullable Step anchor, long end) {}

  Small shrink(List<Step> full, Step stuck) {
    long end = stuck.returned();
    List<Step> steps = dropAll(Reduction.reduce(prefix(full, end)), null);
    if (steps.size() <= FEW) {
      return new Small(steps, null, end);
    }
    for (Step anchor : anchors(steps)) {
      if (spent()) {
        break;
      }
      List<Step> cut = cutFront(steps, anchor);
      if (cut.size() < steps.size() && bad(cut)) {
        return new Small(dropAll(cut, anchor), anchor, end);
      }
    }
    return new Small(steps, null, end);
  }

  private List<Step> dropAll(List<Step> steps, @Nullable Step anchor) {
    List<Step> kept = steps;
    int before;
    do {
      before = kept.size();
      kept = dropObservations(dropValues(kept, anchor));
    } while (kept.size() < before && !spent());
    return kept;
  }

  private boolean spent() {
    return budget.exhausted(0) != null;
  }

  static List<Step> prefix(List<Step> full, long end) {
    List<Step> steps = new ArrayList<>();
    for (Step step : full) {
      if (step.invoked() < end) {
        steps.add(step.must() && step.returned() > end ? step.open() : step);
      }
    }
    return steps;
  }

  /** State-making steps that returned, the latest first; the earlier, the fewer of them. */
  private static List<Step> anchors(List<Step> steps) {
    List<Step> makers = steps.reversed().stream().filter(s -> s.must() && !s.observes()).toList();
    List<Step> anchors = new ArrayList<>();
    for (int i = 0; i < makers.size(); i += 1 + i / 8) {
      anchors.add(makers.get(i));
    }
    return anchors;
  }

  private static List<Step> cutFront(List<Step> steps, Step anchor) {
    List<Step> kept = new ArrayList<>();
    for (Step step : steps) {
      if (step.returned() < anchor.invoked()) {
        continue;
      }
      if (step.invoked() > anchor.returned()) {
        kept.add(step);
      } else if (!step.observes()) {
        kept.add(step.forgetNeed());
      }
    }
    return kept;
  }

  /** In halves first, then in ever smaller parts. */
  private List<Step> dropValues(List<Step> steps, @Nullable Step anchor) {
    Set<Integer> values = new LinkedHashSet<>();
    for (Step step : steps) {
      if (step.make() != Step.SAME) {
        values.add(step.make());
      }
      if (step.need() != Step.ANY) {
        values.add(step.need());
      }
    }
    if (anchor != null) {
      // It stands for all that was cut before it.
      values.remove(anchor.make());
    }
    List<Integer> left = new ArrayList<>(values);
    List<Step> kept = steps;
    for (int size = Math.max(1, left.size() / 2); size >= 1; size /= 2) {
      for (int from = 0; from < left.size() && !spent(); ) {
        List<Integer> part = left.subList(from, Math.min(left.size(), from + size));
        List<Step> candidate = without(kept, new HashSet<>(part));
        if (candidate.size() < kept.size() && bad(candidate)) {
          kept = candidate;
          part.clear();
        } else {
          from += size;
        }
      }
    }
    return kept;
  }

  private static List<Step> without(List<Step> steps, Set<Integer> values) {
    List<Step> kept = new ArrayList<>();
    for (Step step : steps) {
      boolean asks = values.contains(step.need());
      if (values.contains(step.make()) || (asks && step.observes())) {
        continue;
      }
      kept.add(asks ? step.forgetNeed() : step);
    }
    return Reduction.reduce(kept);
  }

  private List<Step> dropObservations(List<Step> steps) {
    List<Step> kept = steps;
    for (Step step : steps) {
      if (step.observes() && !spent()) {
        List<Step> candidate = kept.stream().filter(s -> !s.is(step)).toList();
        if (bad(candidate)) {
          kept = candidate;
        }
      }
    }
    return Reduction.reduce(kept);
  }

  private boolean bad(List<Step> steps) {
    return !spent() && linearizer.decide(steps, budget, EFFORT) instanceof Answer.Stuck;
  }
}
