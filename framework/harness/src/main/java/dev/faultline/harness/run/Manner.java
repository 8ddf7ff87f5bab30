package dev.faultline.harness.run;

import dev.faultline.spec.RunSpec;
import java.util.Map;

/**
 * How a run in real time is carried out, beside what its spec says.
 *
 * @param stopAtFirst whether the main phase ends as soon as a property is broken for certain
 * @param beforeStop called when everything is over but the nodes still run; may wait as long as it
 *     likes, and be interrupted
 */
public record Manner(boolean stopAtFirst, BeforeStop beforeStop) {
  /** To the end, and then everything stops. */
  public static final Manner PLAIN = new Manner(false, (run, places) -> {});

  /** Sees the nodes of a run that is over. */
  @FunctionalInterface
  public interface BeforeStop {
    /**
     * Called once; the nodes are stopped when it returns.
     *
     * @param run with the versions of what ran
     * @param places where each node runs, for people
     */
    void look(RunSpec run, Map<String, String> places);
  }
}
