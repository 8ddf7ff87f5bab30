package dev.faultline.harness.run;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.judge.Judgement;
import dev.faultline.harness.judge.Judgement.Finding;
import dev.faultline.json.Json;
import dev.faultline.spec.Fault;
import dev.faultline.spec.FaultPlan;
import dev.faultline.spec.RunSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A violating run again on a single node, with those of its faults that one node can have: whether
 * distribution is to blame, or client, checker or the node itself. In {@code control/} beside the
 * run's files, and in one sentence in {@code control.json}, which reports show.
 */
final class Control {
  static final String FILE = "control.json";
  private static final String DIR = "control";

  private Control() {}

  /** The sentence; what cannot be done on one node says so. */
  static String run(RunResult result, Progress progress) {
    Finding broken = result.judgement().headline();
    if (broken == null) {
      return "";
    }
    String sentence;
    Judgement.Status status = null;
    try {
      RunSpec one = onOneNode(result.run());
      Path dir = result.dir().resolve(DIR);
      RunResult control = Experiment.run(one, dir, progress);
      status = control.judgement().status();
      sentence =
          "on one node, with %d of %d faults, %s"
              .formatted(
                  one.plan().faults().size(),
                  result.run().plan().faults().size(),
                  says(broken.property(), control.judgement()));
    } catch (EnvironmentException e) {
      sentence = "not possible on one node: " + e.getMessage();
    }
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("property", broken.property());
    map.put("status", status == null ? null : status.name().toLowerCase(Locale.ROOT));
    map.put("sentence", sentence);
    Experiment.write(result.dir().resolve(FILE), Json.pretty(map));
    return sentence;
  }

  private static String says(String property, Judgement control) {
    boolean brokenToo =
        control.findings().stream().anyMatch(f -> f.property().equals(property) && f.fails());
    if (brokenToo) {
      return property + " is broken too: distribution is not to blame";
    }
    return switch (control.status()) {
      case VALID -> property + " held: it takes more than one node, or the faults left out";
      case INVALID -> property + " held, and another property is broken";
      case VOID, UNKNOWN ->
          "nothing can be said (%s: %s)"
              .formatted(
                  control.status(), control.reasons().isEmpty() ? "" : control.reasons().get(0));
    };
  }

  /** Each fault is kept that can be carried out by itself. */
  static RunSpec onOneNode(RunSpec spec) {
    RunSpec alone =
        spec.sized(1, spec.concurrency())
            .withId(spec.id() + "-" + DIR)
            .with(spec.seed(), FaultPlan.NONE, spec.time());
    var unused = Planner.cast(alone);
    List<Fault> kept = new ArrayList<>();
    for (Fault fault : spec.plan().faults()) {
      boolean links = fault.kinds().stream().anyMatch(k -> k.matches("partition|link.*"));
      if (!links && possible(alone, fault)) {
        kept.add(fault);
      }
    }
    return alone.with(spec.seed(), new FaultPlan(kept), spec.time());
  }

  private static boolean possible(RunSpec alone, Fault fault) {
    try {
      var unused =
          Planner.cast(alone.with(alone.seed(), new FaultPlan(List.of(fault)), alone.time()));
      return true;
    } catch (EnvironmentException needsOthers) {
      return false;
    }
  }
}
