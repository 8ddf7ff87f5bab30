package dev.faultline.targets.grants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.harness.run.Branch;
import dev.faultline.harness.run.Experiment;
import dev.faultline.harness.run.Request;
import dev.faultline.harness.run.Trials;
import dev.faultline.harness.run.Trials.Trial;
import dev.faultline.history.Entry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A run that leaves its course has the same past, and another future without further faults. */
final class BranchTest {
  private final Trials trials =
      Trials.of(
          Experiment.plan(
              new Request(
                  "grants",
                  null,
                  "sim",
                  List.of("pause"),
                  null,
                  List.of(),
                  Map.of(),
                  Duration.ofSeconds(8),
                  3L,
                  0,
                  0,
                  0)));

  private static List<Entry> before(Trial trial, long at) {
    return trial.history().entries().stream().filter(e -> e.time() < at).toList();
  }

  private static List<Entry> started(Trial trial) {
    return trial.history().entries().stream()
        .filter(e -> e instanceof Entry.Fault f && f.phase() == Entry.Phase.START)
        .toList();
  }

  @Test
  void aBranchKeepsThePastAndTheFaultsThatHadBegun() {
    Trial straight = trials.run(trials.base());
    List<Entry> faults = started(straight);
    assertThat(faults).hasSizeGreaterThan(1);
    long at = faults.get(1).time();

    Trial branched = trials.run(trials.base(), null, new Branch(at, 7));
    assertThat(before(branched, at)).isEqualTo(before(straight, at));
    assertThat(branched.hash()).isNotEqualTo(straight.hash());
    assertThat(started(branched)).isEqualTo(faults.subList(0, 1));
    assertThat(trials.run(trials.base(), null, new Branch(at, 7)).hash())
        .isEqualTo(branched.hash());
    assertThat(trials.run(trials.base(), null, new Branch(at, 8)).hash())
        .isNotEqualTo(branched.hash());
  }
}
