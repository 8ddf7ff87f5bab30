package dev.faultline.harness.run;

import dev.faultline.harness.VirtualTime;
import dev.faultline.harness.explain.Explanation;
import dev.faultline.harness.explain.Explanations;
import dev.faultline.harness.judge.Judgement;
import dev.faultline.harness.run.Trials.Performed;
import dev.faultline.history.History;
import dev.faultline.spec.RunSpec;

/** Runs a simulated failure again with a listener, to find out why it failed. */
public final class Explainer {
  private Explainer() {}

  /**
   * Explains an invalid run.
   *
   * @param judged its history
   * @throws IllegalArgumentException if it is not invalid
   * @throws dev.faultline.harness.EnvironmentException if its environment has no virtual time
   */
  public static Explanation explain(RunSpec spec, History judged, Judgement judgement) {
    return explain(spec, judged, judgement, new Explanations());
  }

  private static Explanation explain(
      RunSpec spec, History judged, Judgement judgement, Explanations explanations) {
    Performed again = Trials.of(spec).perform(spec, explanations.trace());
    return explanations.explain(judged, judgement, again.history());
  }

  /** Writes the explanation of a run that has one; trouble with that never changes a verdict. */
  static void write(RunResult result) {
    if (result.judgement().headline() == null
        || !(Catalog.environment(result.run().environment()) instanceof VirtualTime)) {
      return;
    }
    try {
      Explanations explanations = new Explanations();
      explanations.write(
          explain(result.run(), result.history(), result.judgement(), explanations), result.dir());
    } catch (RuntimeException e) {
      System.err.println(result.dir() + ": not explained: " + e);
    }
  }
}
