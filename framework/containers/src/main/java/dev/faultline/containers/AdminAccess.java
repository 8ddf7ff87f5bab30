package dev.faultline.containers;

import dev.faultline.harness.Administration;
import dev.faultline.harness.Deployment;
import dev.faultline.harness.Deployment.Image;
import dev.faultline.harness.EnvironmentException;
import java.net.InetSocketAddress;
import java.util.Set;

/** A run's nodes for who administers them, at their own addresses. */
record AdminAccess(Started started, Deployment deployment) implements Administration.Access {
  @Override
  public Set<String> nodes() {
    return deployment.members().keySet();
  }

  @Override
  public InetSocketAddress client(String node) {
    Deployment.NodeSpec spec = deployment.node(node);
    if (spec == null || !(spec.launch() instanceof Image image)) {
      throw new EnvironmentException(node + " is no real system's node");
    }
    return new InetSocketAddress(started.layout().subnet(node).resident(), image.clientPort());
  }

  @Override
  public void execute(String node, String... command) {
    Engine.Said said = started.member(node).execute(command);
    if (said.exit() != 0) {
      throw new EnvironmentException(
          "%s: '%s' ended with %d: %s"
              .formatted(node, String.join(" ", command), said.exit(), said.out().strip()));
    }
  }

  @Override
  public void kill(String node) {
    var unused = started.member(node).kill();
  }

  @Override
  public void restart(String node) {
    var unused = started.member(node).restart(deployment.readyWithin());
  }
}
