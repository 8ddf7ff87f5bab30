package dev.faultline.targets.grants;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.harness.explain.Explanation;
import dev.faultline.harness.explain.Explanations;
import dev.faultline.harness.explain.Inevitability;
import dev.faultline.harness.explain.Neighbour;
import dev.faultline.harness.run.Experiment;
import dev.faultline.harness.run.Explainer;
import dev.faultline.harness.run.Explainer.Limits;
import dev.faultline.harness.run.Progress;
import dev.faultline.harness.run.Request;
import dev.faultline.harness.run.RunResult;
import dev.faultline.harness.run.Trials;
import dev.faultline.harness.run.Trials.Trial;
import dev.faultline.json.JsonView;
import dev.faultline.spec.FaultPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who holds a lease is paused for longer than its term, and the resource does not look at tokens:
 * the explanation has to name that pause, and nothing may be explained where nothing is wrong.
 */
final class ExplainTest {
  /** By runs alone: the same on a slow machine. */
  private static final Limits LIMITS = new Limits(10, 2_000, Duration.ofHours(1));

  private static final String PLAN =
      """
      {"faults": [{"do": "pause", "node": "log", "from": {"at": "200ms"}, "for": "20ms"},
                  {"do": "pause", "node": "$event", "from": {"on": "working", "after": "300ms"},
                   "for": "1400ms"}]}
      """;

  @TempDir private Path dir = Path.of("");

  private static Request request(String target) {
    return new Request(
        target,
        null,
        "sim",
        null,
        FaultPlan.fromJson(JsonView.parse("plan", PLAN)),
        List.of(),
        Map.of("ttl", "1s"),
        Duration.ofMillis(2_500),
        1L,
        0,
        0,
        0);
  }

  private static Trial trial(String target) {
    Trials trials = Trials.of(Experiment.plan(request(target)));
    return trials.run(trials.base());
  }

  private static Explanation explain(Trial trial) {
    return Explainer.explain(trial.spec(), trial.history(), trial.judgement(), LIMITS);
  }

  @Test
  void thePauseOfTheHolderIsNamed() {
    Trial trial = trial("grants:no-fencing");
    Explanation explanation = explain(trial);

    Inevitability scan = requireNonNull(explanation.inevitability());
    assertThat(scan.complete()).isTrue();
    Inevitability.Turn culprit = requireNonNull(scan.culprit());
    assertThat(culprit.name()).startsWith("f2 pause h").endsWith("begins");
    assertThat(culprit.before()).isZero();
    assertThat(culprit.after()).isGreaterThanOrEqualTo(8);

    Neighbour neighbour = requireNonNull(explanation.neighbour());
    assertThat(neighbour.change()).contains("f2 (pause)");
    assertThat(neighbour.failing()).isNotEqualTo(neighbour.passing());

    List<String> text = explanation.text(100);
    assertThat(text).anyMatch(line -> line.contains("▒ f2 pause h"));
    assertThat(text).allMatch(line -> line.length() <= 100);
    assertThat(explain(trial)).as("the same again").isEqualTo(explanation);
  }

  @Test
  void aRunThatIsRightIsNotExplained() {
    Path own = dir.resolve("run");
    RunResult run = Experiment.run(Experiment.plan(request("grants")), own, Progress.NONE);
    assertThat(run.judgement().headline()).isNull();
    Explainer.deepen(run, LIMITS);
    assertThat(own.resolve(Explanations.FILE)).doesNotExist();
    assertThat(Explanations.command(own)).isNull();
    assertThatThrownBy(() -> explain(trial("grants"))).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatARunWroteIsMadeCompleteInItsDirectory() {
    Path own = dir.resolve("run");
    RunResult run =
        Experiment.run(Experiment.plan(request("grants:no-fencing")), own, Progress.NONE);
    Explanation before = requireNonNull(Explanations.read(own));
    assertThat(before.notExplained()).as("the same history again").isNull();
    assertThat(before.complete()).isFalse();
    Explainer.deepen(run, LIMITS);
    Explanation after = requireNonNull(Explanations.read(own));
    assertThat(after.complete()).isTrue();
    assertThat(after.diagram()).isEqualTo(before.diagram());
    assertThat(own.resolve(Explanations.SHIVIZ)).exists();
  }
}
