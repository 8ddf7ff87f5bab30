package dev.faultline.harness.judge;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Checker;
import dev.faultline.checker.Checkers;
import dev.faultline.checker.Planting;
import dev.faultline.checker.Verdict;
import dev.faultline.harness.judge.Judgement.Standing;
import dev.faultline.harness.judge.Judgement.Status;
import dev.faultline.history.History;
import dev.faultline.json.JsonException;
import dev.faultline.node.KeyedRandom;
import dev.faultline.spec.CheckerSpec;
import dev.faultline.spec.RunSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a valid run would have shown of a mistake: of so many that were planted at places drawn from
 * the run's seed, the share that its checkers found.
 *
 * @param property whose checker looked
 * @param what was planted, several of it, such as {@code stale reads}
 * @param planted how many
 * @param caught how many of those made the property broken
 */
public record Sensitivity(String property, String what, int planted, int caught) {
  /** So many of each mistake, fewer in long histories, and none in very long ones. */
  private static final int MOST = 40;

  private static final int LEAST = 5;
  private static final long EFFORT = 400_000;

  /** For all of them. A machine that needs longer plants fewer. */
  private static final Duration WITHIN = Duration.ofSeconds(3);

  /** For one check of one mistake; what is undecided by then counts as not caught. */
  private static final Duration EACH = Duration.ofMillis(500);

  /**
   * The judgement with what was measured, if it is valid; else as it is. Properties that do not
   * count are passed over, and so are those whose checkers know no mistake.
   */
  public static Judgement of(RunSpec run, History history, Judgement judgement) {
    if (judgement.status() != Status.VALID || history.entries().isEmpty()) {
      return judgement;
    }
    long samples = Math.min(MOST, EFFORT / history.entries().size());
    if (samples < LEAST) {
      return judgement;
    }
    Map<String, Standing> standings =
        judgement.findings().stream()
            .collect(Collectors.toMap(Judgement.Finding::property, f -> f.standing(), (a, b) -> a));
    Budget all = new Budget(WITHIN, Long.MAX_VALUE);
    List<Sensitivity> measured = new ArrayList<>();
    for (CheckerSpec spec : run.checkers()) {
      Standing standing = standings.getOrDefault(spec.property(), Standing.OBSERVED);
      if (standing != Standing.OBSERVED) {
        Checker checker = checker(spec);
        if (checker == null) {
          continue;
        }
        for (Planting planting : checker.plantings()) {
          Sensitivity one =
              measure(run.seed(), spec.property(), checker, planting, history, (int) samples, all);
          if (one.planted() > 0) {
            measured.add(one);
          }
        }
      }
    }
    return judgement.with(measured);
  }

  private static Sensitivity measure(
      long seed,
      String property,
      Checker checker,
      Planting planting,
      History history,
      int samples,
      Budget all) {
    int planted = 0;
    int caught = 0;
    for (int i = 0; i < 2 * samples && planted < samples && all.exhausted(0) == null; i++) {
      KeyedRandom random = KeyedRandom.of(seed, "sensitivity", property, planting.what(), "" + i);
      try {
        History mistaken = planting.planter().plant(history, random);
        if (mistaken != null) {
          planted++;
          Budget each = new Budget(EACH, Runtime.getRuntime().maxMemory() / 4);
          caught += checker.check(mistaken, each) instanceof Verdict.Invalid ? 1 : 0;
        }
      } catch (RuntimeException unfit) {
        // A mistake that cannot be made here must not cost the run its verdict.
        return new Sensitivity(property, planting.what(), 0, 0);
      }
    }
    return new Sensitivity(property, planting.what(), planted, caught);
  }

  /** Null if nobody here has it; the judgement says so. */
  private static @Nullable Checker checker(CheckerSpec spec) {
    try {
      return Checkers.create(spec.property(), spec.params());
    } catch (JsonException unknown) {
      return null;
    }
  }
}
