package dev.faultline.cli;

import dev.faultline.harness.judge.Judgement.Status;
import dev.faultline.harness.run.Experiment;
import dev.faultline.harness.run.Progress;
import dev.faultline.harness.run.RunResult;
import dev.faultline.harness.search.Cause;
import dev.faultline.harness.search.Loosened;
import dev.faultline.spec.RunSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A run that was to show a failure again.
 *
 * @param form what was changed for it
 * @param shown whether it did
 */
record Attempt(String form, RunResult run, boolean shown) {
  /**
   * Tries form after form until one shows the failure.
   *
   * @param seeds runs of each form
   * @param seen told of every run
   */
  static List<Attempt> all(
      Cause cause, List<Loosened> forms, String environment, int seeds, Consumer<RunResult> seen) {
    List<Attempt> attempts = new ArrayList<>();
    for (Loosened form : forms) {
      for (int i = 0; i < seeds; i++) {
        RunResult run = run(form.spec(), environment, i);
        attempts.add(new Attempt(form.name(), run, cause.equals(Cause.of(run.judgement()))));
        seen.accept(run);
      }
      if (attempts.stream().anyMatch(Attempt::shown)) {
        break;
      }
    }
    return List.copyOf(attempts);
  }

  private static RunResult run(RunSpec spec, String environment, int i) {
    RunSpec seeded = spec.with(spec.seed() + i, spec.plan(), spec.time());
    Path dir = RunDirectories.fresh(spec.id() + "-replay-" + environment);
    try {
      return Experiment.run(seeded.withId(String.valueOf(dir.getFileName())), dir, Progress.NONE);
    } finally {
      RunDirectories.removeIfEmpty(dir);
    }
  }

  Status status() {
    return run.judgement().status();
  }

  /** What came of it, for people. */
  String outcome() {
    Cause cause = Cause.of(run.judgement());
    if (shown) {
      return "shown";
    }
    List<String> reasons = run.judgement().reasons();
    return cause != null
        ? "another failure, " + cause
        : Trouble.word(status()) + (reasons.isEmpty() ? "" : ": " + reasons.get(0));
  }

  Map<String, @Nullable Object> data() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("form", form);
    map.put("shown", shown);
    map.put("outcome", outcome());
    map.put("result", Results.data(run));
    return map;
  }
}
