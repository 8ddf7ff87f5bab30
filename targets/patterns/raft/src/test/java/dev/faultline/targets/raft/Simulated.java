package dev.faultline.targets.raft;

import dev.faultline.harness.judge.Judgement;
import dev.faultline.harness.run.Experiment;
import dev.faultline.harness.run.Progress;
import dev.faultline.harness.run.Request;
import dev.faultline.json.JsonView;
import dev.faultline.spec.FaultPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whole runs in virtual time: what the command line does with {@code --env sim}. */
record Simulated(Path dir) {
  /** A run under a seeded plan of kinds; none for a run without faults. */
  String under(String target, Duration time, long seed, String... kinds) {
    return run(target, time, seed, List.of(kinds), null, 0);
  }

  /** A run under one of the plans in {@code docs/plans}. */
  String by(String plan, String target, long seed, int nodes) {
    String root = System.getProperty("faultline.root", "../../..");
    Path file = Path.of(root, "docs", "plans", plan + ".json");
    try {
      FaultPlan faults = FaultPlan.fromJson(JsonView.parse(plan + ".json", Files.readString(file)));
      return run(target, Duration.ofSeconds(12), seed, null, faults, nodes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code VALID}, {@code INVALID lease.token-order}, or {@code VOID} with its reasons. */
  private String run(
      String target,
      Duration time,
      long seed,
      @Nullable List<String> kinds,
      @Nullable FaultPlan plan,
      int nodes) {
    Request request =
        new Request(target, null, "sim", kinds, plan, List.of(), Map.of(), time, seed, nodes, 0, 0);
    Path own = fresh();
    Judgement judged = Experiment.run(Experiment.plan(request), own, Progress.NONE).judgement();
    Judgement.Finding finding = judged.headline();
    return judged.status()
        + (finding == null ? "" : " " + finding.property())
        + (judged.reasons().isEmpty() ? "" : " " + judged.reasons());
  }

  private Path fresh() {
    try {
      return Files.createTempDirectory(dir, "run");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
