package dev.faultline.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.harness.judge.Judgement.FaultRecord;
import dev.faultline.harness.judge.Judgement.Status;
import dev.faultline.harness.run.Experiment;
import dev.faultline.harness.run.Request;
import dev.faultline.harness.run.Trials;
import dev.faultline.harness.run.Trials.Trial;
import dev.faultline.spec.FaultKinds;
import dev.faultline.spec.FaultPlan;
import dev.faultline.spec.RunSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every kind of fault, with an injector that does nothing: the run is void each time, and with the
 * real one its receipt is there. The kinds are those of {@link FaultKinds}: a new one that cannot
 * be simulated, or that {@code --faults} makes no plan of, fails here.
 */
final class NoOpInjectorTest {
  private static final int SEEDS = 3;

  /** Kinds whose end is not seen but taken from the injector's word, and why. */
  private static final Map<String, String> ENDLESS =
      Map.ofEntries(Map.entry("disk.corrupt", "what was flipped stays; nothing more is"));

  private static final Pattern UNSEEN = Pattern.compile("no sync since|too few messages to tell");

  static Stream<String> kinds() {
    // What a system offers is proven by the system: EtcdTest, and ConductorTest for the no-op.
    return FaultKinds.ofEnvironments().stream();
  }

  private static RunSpec base() {
    return Experiment.plan(
        new Request(
            "raft",
            null,
            "sim",
            List.of(),
            null,
            List.of(),
            Map.of(),
            Duration.ofSeconds(6),
            1L,
            0,
            0,
            0));
  }

  private static RunSpec schedule(Trials trials, String kind, long seed) {
    FaultPlan plan = trials.mix(List.of(kind), seed);
    assertThat(plan.faults()).as("FaultMix makes no plan of " + kind).isNotEmpty();
    assertThat(plan.kinds()).contains(kind);
    return trials.base().with(seed, plan, trials.base().time());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void withoutAnInjectorThereIsNoReceipt(String kind) {
    Trials inert = Trials.in(base(), new Inert(Inert.Part.INJECTOR));
    for (long seed = 1; seed <= SEEDS; seed++) {
      Trial trial = inert.run(schedule(inert, kind, seed));
      assertThat(trial.judgement().status()).as(kind + ", seed " + seed).isEqualTo(Status.VOID);
      assertThat(trial.judgement().faults())
          .as(kind + ", seed " + seed)
          .noneMatch(FaultRecord::proven);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void withTheRealOneThereIs(String kind) {
    Trials real = Trials.of(base());
    boolean all = false;
    for (long seed = 1; seed <= 4 * SEEDS && !all; seed++) {
      Trial trial = real.run(schedule(real, kind, seed));
      all = trial.judgement().faults().stream().allMatch(FaultRecord::proven);
    }
    assertThat(all).as(kind + " was proven in no run").isTrue();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void withoutAHealerThereIsNoProofOfTheEnd(String kind) {
    if (ENDLESS.containsKey(kind)) {
      return;
    }
    Trials inert = Trials.in(base(), new Inert(Inert.Part.HEALER));
    for (long seed = 1; seed <= SEEDS; seed++) {
      Trial trial = inert.run(schedule(inert, kind, seed));
      assertThat(trial.judgement().status())
          .as(kind + ", seed " + seed + ": " + trial.judgement().faults())
          .isEqualTo(Status.VOID);
      // The end of one is not seen where another of its kind goes on at the node; and where nothing
      // came that could have met it, the receipt says so.
      assertThat(trial.judgement().faults().getLast())
          .as(kind + ", seed " + seed)
          .matches(fault -> !fault.proven() || UNSEEN.matcher(fault.receipt().toString()).find());
    }
  }

  @Test
  void kindsWithoutAnEndAreKinds() {
    Set<String> unknown = new TreeSet<>(ENDLESS.keySet());
    FaultKinds.all().forEach(unknown::remove);
    assertThat(unknown).isEmpty();
  }
}
