package dev.faultline.harness.run;

import dev.faultline.harness.Deployment;
import dev.faultline.harness.Deployment.Image;
import dev.faultline.harness.Deployment.LogEvent;
import dev.faultline.harness.Deployment.NodeSpec;
import dev.faultline.spec.Fault;
import dev.faultline.spec.FaultPlan;
import dev.faultline.spec.LogLine;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Faults that wait for a line in a real system's log. */
final class LogAnchors {
  private LogAnchors() {}

  /** The deployment, its nodes reporting the lines that a plan waits for. */
  static Deployment watched(Deployment deployment, FaultPlan plan) {
    Set<LogLine> lines = new LinkedHashSet<>();
    for (Fault fault : plan.faults()) {
      LogLine line = LogLine.of(fault.from());
      if (line != null) {
        lines.add(line);
      }
    }
    return lines.isEmpty()
        ? deployment
        : deployment.of(deployment.nodes().stream().map(node -> watched(node, lines)).toList());
  }

  private static NodeSpec watched(NodeSpec node, Set<LogLine> lines) {
    if (!(node.launch() instanceof Image image)) {
      return node;
    }
    List<LogEvent> events = new ArrayList<>();
    for (LogLine line : lines) {
      if (line.node() == null || line.node().equals(node.id())) {
        List<String> facts =
            List.copyOf(
                Pattern.compile(line.pattern()).namedGroups().keySet().stream().sorted().toList());
        events.add(new LogEvent(line.pattern(), line.event(), facts));
      }
    }
    return new NodeSpec(node.id(), node.role(), image.reporting(events));
  }

  /** Why a fault's line cannot be waited for; null if it can, or there is none. */
  static @Nullable String problem(Fault fault, Deployment deployment) {
    LogLine line = LogLine.of(fault.from());
    if (line == null) {
      return null;
    }
    List<String> logs =
        deployment.nodes().stream()
            .filter(n -> n.launch() instanceof Image)
            .map(NodeSpec::id)
            .toList();
    if (logs.isEmpty()) {
      return "the nodes of this target report events, and their logs are not read; use 'on'";
    }
    return line.node() == null || logs.contains(line.node())
        ? null
        : "no log of '%s' is read; there are those of: %s"
            .formatted(line.node(), String.join(", ", logs));
  }
}
