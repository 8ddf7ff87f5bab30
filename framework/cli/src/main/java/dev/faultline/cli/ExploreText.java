package dev.faultline.cli;

import dev.faultline.cli.Findings.Small;
import dev.faultline.harness.Target;
import dev.faultline.harness.search.Pulse;
import dev.faultline.harness.search.Shrinker;
import dev.faultline.harness.search.Summary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A search, as text and as JSON. */
final class ExploreText {
  private final Root root;
  private final List<Target.Goal> goals;

  ExploreText(Root root, List<Target.Goal> goals) {
    this.root = root;
    this.goals = goals;
  }

  static String line(Pulse pulse, double seconds) {
    return "%,d schedules  %,.0f/s  %s"
        .formatted(pulse.schedules(), pulse.schedules() / Math.max(seconds, 1e-9), counts(pulse));
  }

  static String counts(Pulse pulse) {
    return "%,d states  %,d invalid  %,d with fewer faults  %,d not counted  %d cause%s"
        .formatted(
            pulse.states(),
            pulse.invalid(),
            pulse.fewer(),
            pulse.notCounted(),
            pulse.causes(),
            pulse.causes() == 1 ? "" : "s");
  }

  String text(Summary summary, double seconds, List<Small> small) {
    StringBuilder out = new StringBuilder();
    out.append(line(summary.pulse(), seconds))
        .append("  campaign %016x%n".formatted(summary.hash()));
    for (Target.Goal goal : goals) {
      long times = summary.goals().getOrDefault(goal.id(), 0L);
      out.append(
          times == 0
              ? "never reached: %s%n".formatted(goal.summary())
              : "%,8d ×  %s%n".formatted(times, goal.summary()));
    }
    for (Small s : small) {
      out.append(
          "%n%s: after %,d schedules, %,d times; schedule %,d shrunk in %,d runs to %s%n"
              .formatted(
                  s.found().cause(),
                  s.found().index() + 1,
                  s.found().times(),
                  s.sighting().index(),
                  s.shrunk().attempts(),
                  Shrinker.shape(s.shrunk().trial())));
      out.append(new Results(root, false).text(s.run()));
      out.append("  replay     ").append(Replays.command("replay", s.replay())).append('\n');
    }
    return out.toString();
  }

  Map<String, @Nullable Object> json(Summary summary, double seconds, List<Small> small) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("seconds", seconds);
    List<Map<String, @Nullable Object>> shrunk = new ArrayList<>();
    for (Small s : small) {
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      one.put("property", s.found().cause().property());
      one.put("clause", s.found().cause().clause());
      one.put("shape", s.shape());
      one.put("index", s.sighting().index());
      one.put("faults", (long) s.shape().size());
      one.put("operations", Shrinker.operations(s.shrunk().trial()));
      one.put("dir", s.run().dir().toString());
      one.put("replay", s.replay().toString());
      shrunk.add(one);
    }
    map.put("shrunk", shrunk);
    map.putAll(summary.toJson());
    return map;
  }
}
