package dev.faultline.harness.run;

import dev.faultline.harness.Deployment;
import dev.faultline.harness.Deployment.Image;
import dev.faultline.harness.Deployment.NodeSpec;
import dev.faultline.spec.Fault;
import dev.faultline.spec.FaultPlan;

/** Real systems' nodes whose disks a plan troubles: they get disks of their own. */
final class OwnDisks {
  private OwnDisks() {}

  static Deployment given(Deployment deployment, FaultPlan plan) {
    return plan.faults().stream().noneMatch(f -> f instanceof Fault.Disk)
        ? deployment
        : deployment.of(
            deployment.nodes().stream()
                .map(node ->
                    node.launch() instanceof Image image
                        ? new NodeSpec(node.id(), node.role(), image.onDiskOfItsOwn())
                        : node)
                .toList());
  }
}
