package dev.faultline.reports;

import dev.faultline.checker.Verdict;
import dev.faultline.checker.Witness;
import dev.faultline.harness.Report;
import dev.faultline.harness.judge.Judgement.FaultRecord;
import dev.faultline.harness.judge.Judgement.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A witness, ready to be told: its steps, and the faults that were active while they happened. That
 * a fault is shown says that it was active, not that it is to blame.
 *
 * @param sentence what is wrong
 * @param steps in the order of the witness, without its steps about faults
 * @param faults at most {@link #MAX_FAULTS}, by start; those that hit a lane of the witness go
 *     first
 * @param from start of the first step, nanoseconds
 * @param to end of the last step
 * @param omittedSteps steps left out because there are too many to read
 * @param omittedFaults likewise
 */
record Story(
    String sentence,
    List<Witness.Step> steps,
    List<FaultRecord> faults,
    long from,
    long to,
    int omittedSteps,
    int omittedFaults) {
  private static final long VISIBLE_NANOS = 50_000_000;
  private static final int MAX_FAULTS = 4;
  private static final int MAX_STEPS = 24;

  /** The story of a broken property. */
  static Story of(Report.Input input, Finding finding) {
    if (!(finding.verdict() instanceof Verdict.Invalid invalid)) {
      throw new IllegalArgumentException(finding.property() + ": only a broken one has a witness");
    }
    List<FaultRecord> all = input.judgement().faults();
    Set<String> ids = all.stream().map(FaultRecord::id).collect(Collectors.toSet());
    List<Witness.Step> told = invalid.witness().steps();
    List<Witness.Step> steps = told.stream().filter(s -> !ids.contains(s.lane())).toList();
    Set<String> named = told.stream().map(Witness.Step::lane).collect(Collectors.toSet());
    Stream<Witness.Step> span = (steps.isEmpty() ? told : steps).stream();
    List<Witness.Step> spanned = span.toList();
    long from = spanned.stream().mapToLong(Witness.Step::time).min().orElse(0);
    long to = spanned.stream().mapToLong(s -> Math.max(s.time(), s.until())).max().orElse(0);
    List<FaultRecord> active =
        all.stream()
            .filter(f -> f.start() >= 0 && f.start() <= to && (f.end() < 0 || f.end() >= from))
            .sorted(
                Comparator.<FaultRecord>comparingInt(f -> rank(f, named))
                    .thenComparing(Comparator.comparingLong(FaultRecord::start).reversed()))
            .toList();
    List<FaultRecord> shown =
        active.stream()
            .limit(MAX_FAULTS)
            .sorted(Comparator.comparingLong(FaultRecord::start))
            .toList();
    List<Witness.Step> kept = cut(steps);
    return new Story(
        invalid.witness().sentence(),
        kept,
        shown,
        from,
        to,
        steps.size() - kept.size(),
        active.size() - shown.size());
  }

  private static int rank(FaultRecord fault, Set<String> lanes) {
    return lanes.contains(fault.id()) ? 0 : lanes.stream().anyMatch(l -> hits(fault, l)) ? 1 : 2;
  }

  /** Whether a fault's target names the lane: {@code h2 (holder)} names {@code h2}. */
  static boolean hits(FaultRecord fault, String lane) {
    return List.of(fault.target().split("[^\\w.-]+")).contains(lane);
  }

  /** Lines that decide are kept, then the last ones: what came just before. */
  private static List<Witness.Step> cut(List<Witness.Step> steps) {
    if (steps.size() <= MAX_STEPS) {
      return steps;
    }
    long remarks = steps.stream().filter(s -> s.remark() != null).count();
    long others = Math.max(0, MAX_STEPS - remarks);
    List<Witness.Step> kept = new ArrayList<>();
    for (int i = steps.size() - 1; i >= 0; i--) {
      if (steps.get(i).remark() != null || others-- > 0) {
        kept.add(0, steps.get(i));
      }
    }
    return kept;
  }

  /**
   * Whether a step began visibly before another one that it outlasted, so that its end is what
   * happened after that: a write that was on its way while somebody else wrote.
   */
  boolean outlasted(Witness.Step step) {
    return steps.stream()
        .anyMatch(
            other -> other.time() - step.time() > VISIBLE_NANOS && other.until() < step.until());
  }

  /** The lanes, in the order in which they first appear. */
  List<String> lanes() {
    return steps.stream().map(Witness.Step::lane).distinct().toList();
  }
}
