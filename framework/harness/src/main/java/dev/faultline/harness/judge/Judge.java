package dev.faultline.harness.judge;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Checker;
import dev.faultline.checker.Checkers;
import dev.faultline.checker.Verdict;
import dev.faultline.harness.judge.Judgement.Finding;
import dev.faultline.harness.judge.Judgement.Standing;
import dev.faultline.harness.judge.Judgement.Status;
import dev.faultline.history.History;
import dev.faultline.json.JsonException;
import dev.faultline.spec.CheckerSpec;
import dev.faultline.spec.RunSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a run proves, from its spec and its history alone. A violation that counts outranks
 * everything; then whatever did not happen as planned makes the run {@code void}; then what could
 * not be decided makes it {@code unknown}. A history without the harness's phase {@code end} was
 * cut off and is judged as far as it goes.
 */
public final class Judge {
  private Judge() {}

  /** Makes a checker; {@link Checkers#create} outside of tests. */
  interface Source {
    Checker create(String property, Map<String, ? extends @Nullable Object> params);
  }

  /**
   * The judgement of a run.
   *
   * @param checkTime budget of each check
   */
  public static Judgement judge(RunSpec run, History history, Duration checkTime) {
    return judge(run, history, checkTime, Checkers::create);
  }

  static Judgement judge(RunSpec run, History history, Duration checkTime, Source source) {
    FaultLog faults = FaultLog.of(run.plan(), history);
    Standings standings = new Standings(run, faults);
    List<Finding> findings = new ArrayList<>();
    List<String> voids = new ArrayList<>(faults.missing());
    for (CheckerSpec spec : run.checkers()) {
      Finding finding = finding(spec, history, checkTime, source, standings);
      String unbounded = standings.unbounded(finding);
      if (unbounded != null && finding.fails()) {
        voids.add(
            "%s is broken, and that proves nothing here: %s"
                .formatted(finding.property(), unbounded));
        finding = observed(finding, unbounded);
      }
      findings.add(finding);
    }
    findings.addAll(standings.unjudged());
    Exercise exercise = new Exercise(run, history, faults);
    voids.addAll(exercise.missing(findings));
    boolean invalid = findings.stream().anyMatch(Finding::fails);
    List<String> unknowns = unknowns(findings);
    List<String> reasons = new ArrayList<>();
    if (!invalid) {
      reasons.addAll(voids);
      reasons.addAll(unknowns);
    }
    Status status =
        invalid
            ? Status.INVALID
            : !voids.isEmpty() ? Status.VOID : unknowns.isEmpty() ? Status.VALID : Status.UNKNOWN;
    return new Judgement(
        status,
        List.copyOf(reasons),
        List.copyOf(findings),
        faults.records(),
        exercise.count(),
        exercise.coverage(),
        List.of());
  }

  /**
   * What is broken in the judgement of a beginning of a run and stays so whatever comes after; null
   * if nothing is. Rules that depend on how large a fault was are not certain before its end.
   */
  public static @Nullable Finding certain(Judgement judgement) {
    return judgement.findings().stream()
        .filter(f -> f.fails() && !Standings.byMagnitude(f.property()))
        .findFirst()
        .orElse(null);
  }

  private static Finding finding(
      CheckerSpec spec, History history, Duration time, Source source, Standings standings) {
    String property = spec.property();
    String summary = "";
    Verdict verdict;
    try {
      Checker checker = source.create(property, spec.params());
      summary = checker.property().summary();
      verdict = checker.check(history, new Budget(time, Runtime.getRuntime().maxMemory() / 4));
    } catch (JsonException e) {
      verdict =
          new Verdict.Unknown(
              String.valueOf(e.getMessage()),
              "put its checker on the class path, or mend run.json");
    } catch (OutOfMemoryError e) {
      verdict =
          new Verdict.Unknown(
              "the checker ran out of heap (" + e.getMessage() + ")", "give java more with -Xmx");
    } catch (RuntimeException | StackOverflowError e) {
      // A checker that fails has decided nothing; that it failed must not hide the other verdicts.
      verdict =
          new Verdict.Unknown("the checker failed: " + e, "report it, with the run directory");
    }
    return new Finding(
        property, summary, standings.standing(property), standings.reason(property), verdict);
  }

  private static Finding observed(Finding finding, String why) {
    return new Finding(
        finding.property(), finding.summary(), Standing.OBSERVED, why, finding.verdict());
  }

  private static List<String> unknowns(List<Finding> findings) {
    List<String> reasons = new ArrayList<>();
    for (Finding finding : findings) {
      if (finding.standing() != Standing.OBSERVED
          && finding.verdict() instanceof Verdict.Unknown unknown) {
        reasons.add(
            finding.property()
                + ": "
                + unknown.reason()
                + (unknown.remedy().isEmpty() ? "" : "; " + unknown.remedy()));
      }
    }
    return reasons;
  }
}
