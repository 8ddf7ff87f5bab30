package dev.faultline.harness.matrix;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.json.JsonView;
import dev.faultline.spec.Anchor;
import dev.faultline.spec.Fault;
import dev.faultline.spec.FaultPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The plans in {@code docs/plans}, under the system property {@code faultline.root}. */
final class Plans {
  private static final Duration AFTER = Duration.ofSeconds(2);
  private static final Duration LEAST = Duration.ofSeconds(8);

  private Plans() {}

  /**
   * The plan of a name.
   *
   * @throws EnvironmentException if there is none
   */
  static FaultPlan read(String name) {
    Path file = Path.of(System.getProperty("faultline.root", ""), "docs", "plans", name + ".json");
    try {
      return FaultPlan.fromJson(JsonView.parse(file.toString(), Files.readString(file)));
    } catch (IOException e) {
      throw new EnvironmentException(
          file + ": no readable plan, and a variant declares it (" + e.getMessage() + ")", e);
    }
  }

  /** A main phase in which every fault has its time, if its event comes when it may. */
  static Duration length(FaultPlan plan) {
    Duration length = LEAST;
    for (Fault fault : plan.faults()) {
      Duration from =
          switch (fault.from()) {
            case Anchor.At at -> at.at();
            case Anchor.On on -> on.after().plus(on.plus());
          };
      Duration end = from.plus(fault.lasting()).plus(AFTER);
      length = end.compareTo(length) > 0 ? end : length;
    }
    return length;
  }
}
