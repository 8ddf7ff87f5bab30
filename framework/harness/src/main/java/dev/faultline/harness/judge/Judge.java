package dev.faultline.harness.judge;

import dev.faultline.history.History;
import dev.faultline.spec.RunSpec;
import java.time.Duration;

/** Placeholder. */
public final class Judge {
  private Judge() {}

  public static Judgement judge(RunSpec run, History history, Duration checkTime) {
    throw new UnsupportedOperationException("being built");
  }
}
