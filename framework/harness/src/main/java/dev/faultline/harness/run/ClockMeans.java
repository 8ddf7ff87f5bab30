package dev.faultline.harness.run;

import dev.faultline.harness.Deployment;
import dev.faultline.harness.Deployment.Image;
import dev.faultline.harness.Deployment.Kit;
import dev.faultline.harness.Deployment.NodeSpec;
import dev.faultline.spec.Fault;
import dev.faultline.spec.Fault.Means;
import dev.faultline.spec.FaultPlan;
import org.jspecify.annotations.Nullable;

/** By which means the clocks of a deployment's nodes can be made wrong. */
final class ClockMeans {
  private ClockMeans() {}

  /** The plan with the means by which it will be done: who names none has what the target bears. */
  static FaultPlan settled(FaultPlan plan, Deployment deployment) {
    if (deployment.nodes().stream().anyMatch(n -> n.launch() instanceof Kit)) {
      return plan;
    }
    return new FaultPlan(
        plan.faults().stream()
            .map(fault ->
                fault instanceof Fault.Clock c && c.means() == Means.STEERED
                    ? (Fault) c.by(Means.SHIM)
                    : fault)
            .toList());
  }

  /** Why a clock cannot be made wrong so; null if it can. */
  static @Nullable String problem(Fault.Clock clock, Deployment deployment) {
    NodeSpec node = deployment.node(clock.node());
    return switch (clock.means()) {
      case STEERED -> null;
      case TIME_PATH -> {
        if (clock.freeze()) {
          yield "what a node hears of the time can be late, but its clock goes on; leave 'means' out";
        }
        if (node != null && !followsTime(node)) {
          yield "'%s' does not follow the time server; use means 'steered', or see the target's options"
              .formatted(clock.node());
        }
        yield deployment.nodes().stream().noneMatch(ClockMeans::followsTime)
            ? "no node of this target follows the time server; use means 'steered', or see the"
                + " target's options"
            : null;
      }
      case SHIM -> {
        if (node != null && !preloads(node)) {
          yield "nothing is preloaded into '%s'; leave 'means' out".formatted(clock.node());
        }
        yield deployment.nodes().stream().noneMatch(ClockMeans::preloads)
            ? "nothing is preloaded into nodes of this target; leave 'means' out"
            : null;
      }
    };
  }

  static boolean followsTime(NodeSpec node) {
    return node.launch() instanceof Kit kit && kit.followsTimeServer();
  }

  private static boolean preloads(NodeSpec node) {
    return node.launch() instanceof Image image && image.dynamic();
  }
}
