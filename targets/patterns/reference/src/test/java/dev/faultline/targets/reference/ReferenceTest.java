package dev.faultline.targets.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.harness.Target.Breach;
import dev.faultline.harness.Target.Variant;
import dev.faultline.harness.judge.Judgement;
import dev.faultline.harness.judge.Judgement.Finding;
import dev.faultline.harness.judge.Judgement.Standing;
import dev.faultline.harness.judge.Judgement.Status;
import dev.faultline.harness.judge.Sensitivity;
import dev.faultline.harness.run.Catalog;
import dev.faultline.harness.run.Experiment;
import dev.faultline.harness.run.Progress;
import dev.faultline.harness.run.Request;
import dev.faultline.harness.run.Trials;
import dev.faultline.harness.run.Trials.Trial;
import dev.faultline.harness.search.Explorer;
import dev.faultline.harness.search.Strategy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Silent under every workload and every kind of fault; and each workload finds its variant. */
final class ReferenceTest {
  private static final int SCHEDULES = 2;
  private static final int ENOUGH = 400;

  private static Request request(String target, @Nullable String workload) {
    return new Request(
        target, workload, "sim", List.of(), null, List.of(), Map.of(), null, 1L, 0, 0, 0);
  }

  /** Every workload that speaks an interface of the target. */
  private static List<String> workloads() {
    List<String> interfaces = new ReferenceTarget().interfaces();
    return Catalog.workloads().stream()
        .filter(w -> interfaces.contains(w.clientInterface().id()))
        .map(w -> w.id())
        .toList();
  }

  static Stream<Arguments> everyCell() {
    List<Arguments> cells = new ArrayList<>();
    List<String> kinds = Experiment.kinds(Experiment.plan(request("reference", null)));
    for (String workload : workloads()) {
      cells.add(Arguments.of(workload, "none"));
      kinds.forEach(kind -> cells.add(Arguments.of(workload, kind)));
    }
    return cells.stream();
  }

  @ParameterizedTest(name = "{0} under {1}")
  @MethodSource("everyCell")
  void theReferenceIsSilent(String workload, String kind) {
    Trials trials = Trials.ofOwnLength(request("reference", workload));
    List<String> kinds = kind.equals("none") ? List.of() : List.of(kind);
    Explorer explorer = new Explorer(trials, kinds, Strategy.BEST, 1);
    for (long i = 0; i < SCHEDULES; i++) {
      Trial trial = explorer.attempt(i);
      assertThat(trial.judgement().findings().stream().filter(Finding::fails).toList())
          .as("schedule %d", i)
          .isEmpty();
      assertThat(trial.judgement().status()).as("schedule %d", i).isNotEqualTo(Status.UNKNOWN);
      assertThat(trial.history().operations()).isNotEmpty();
    }
  }

  /** The environment itself tells who crashed and when all is healed: there is nothing to miss. */
  private static final List<String> UNPLANTED = List.of("node.no-crash", "live.progress");

  static List<String> everyWorkload() {
    return workloads();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("everyWorkload")
  void aValidRunWouldHaveShownAShareOfEveryKindOfMistake(String workload, @TempDir Path dir) {
    Request request =
        new Request(
            "reference",
            workload,
            "sim",
            List.of("pause"),
            null,
            List.of(),
            Map.of(),
            Duration.ofSeconds(6),
            3L,
            0,
            0,
            0);
    Judgement judgement =
        Experiment.run(Experiment.plan(request), dir.resolve("run"), Progress.NONE).judgement();
    assertThat(judgement.status()).as("%s", judgement).isEqualTo(Status.VALID);
    Set<String> looked = new TreeSet<>();
    for (Sensitivity one : judgement.sensitivity()) {
      assertThat(one.caught()).as("%s", one).isPositive();
      looked.add(one.property());
    }
    assertThat(looked)
        .isEqualTo(
            judgement.findings().stream()
                .filter(f -> f.standing() != Standing.OBSERVED)
                .map(Finding::property)
                .filter(property -> !UNPLANTED.contains(property))
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  static List<Variant> broken() {
    return new ReferenceTarget().variants().stream().filter(v -> !v.breaches().isEmpty()).toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("broken")
  void eachBrokenOneIsFound(Variant variant) {
    Breach breach = variant.breaches().get(0);
    String under = breach.under().get(0);
    Trials trials = Trials.ofOwnLength(request("reference:" + variant.name(), variant.workload()));
    Explorer explorer =
        new Explorer(trials, under.equals("none") ? List.of() : List.of(under), Strategy.BEST, 1);
    List<String> found = new ArrayList<>();
    for (long i = 0; i < ENOUGH && !found.contains(breach.property()); i++) {
      explorer.attempt(i).judgement().findings().stream()
          .filter(Finding::fails)
          .map(Finding::property)
          .forEach(found::add);
    }
    assertThat(found).contains(breach.property());
  }

  @Test
  void everyWorkloadHasAVariantThatItFinds() {
    assertThat(new TreeSet<>(broken().stream().map(Variant::workload).toList()))
        .isEqualTo(new TreeSet<>(workloads()));
  }

  @Test
  void itOffersWhateverAStandardWorkloadNeedsAndPromisesWhatThoseJudge() {
    assertThat(new ReferenceTarget().interfaces()).containsAll(workloads());
  }
}
