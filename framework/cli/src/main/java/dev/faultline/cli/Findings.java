package dev.faultline.cli;

import dev.faultline.harness.run.Experiment;
import dev.faultline.harness.run.Explainer;
import dev.faultline.harness.run.Progress;
import dev.faultline.harness.run.RunResult;
import dev.faultline.harness.run.Trials;
import dev.faultline.harness.search.Replay;
import dev.faultline.harness.search.Shrinker;
import dev.faultline.harness.search.Shrinker.Shrunk;
import dev.faultline.harness.search.Summary;
import dev.faultline.harness.search.Summary.Found;
import dev.faultline.harness.search.Summary.Sighting;
import dev.faultline.spec.Fault;
import dev.faultline.spec.RunSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Findings made small. Of each cause a few schedules are shrunk; those that come out with the same
 * kinds of fault are one finding.
 */
final class Findings {
  /** Of so many findings it is told at once from when on they could not be escaped. */
  private static final int EXPLAINED = 3;

  private final Trials trials;
  private final List<Small> small = new ArrayList<>();

  /**
   * A finding made small, and the run directory that shows it.
   *
   * @param shape kinds of the faults that are left, sorted
   */
  record Small(
      Found found,
      Sighting sighting,
      List<String> shape,
      Shrunk shrunk,
      RunResult run,
      Path replay) {}

  Findings(Trials trials, Summary summary) {
    this.trials = trials;
    summary.findings().forEach(this::shrink);
  }

  List<Small> small() {
    return small;
  }

  private void shrink(Found found) {
    Map<List<String>, Small> shapes = new LinkedHashMap<>();
    for (Sighting sighting : found.first()) {
      Shrunk shrunk = Shrinker.shrink(trials, sighting.again(trials));
      List<String> shape =
          shrunk.trial().spec().plan().faults().stream()
              .map(Fault::kinds)
              .map(kinds -> String.join("+", kinds))
              .sorted()
              .toList();
      if (!shapes.containsKey(shape)) {
        RunSpec spec = shrunk.trial().spec();
        Path dir = RunDirectories.fresh(spec.id());
        RunSpec named = spec.withId(String.valueOf(dir.getFileName()));
        RunResult run = Experiment.run(named, dir, Progress.NONE);
        if (small.size() + shapes.size() < EXPLAINED) {
          Explainer.deepen(run, Explainer.Limits.DEFAULT);
        }
        shapes.put(
            shape,
            new Small(found, sighting, shape, shrunk, run, Replay.write(shrunk.trial(), dir)));
      }
    }
    small.addAll(shapes.values());
  }
}
