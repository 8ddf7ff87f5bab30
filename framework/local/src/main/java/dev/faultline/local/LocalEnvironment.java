package dev.faultline.local;

import dev.faultline.harness.Cluster;
import dev.faultline.harness.Deployment;
import dev.faultline.harness.Environment;
import dev.faultline.harness.EnvironmentException;
import dev.faultline.proxy.Carrier;
import dev.faultline.spec.FaultKinds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Kit nodes and client hosts as processes on this machine. */
public final class LocalEnvironment implements Environment {
  @Override
  public String id() {
    return "local";
  }

  @Override
  public String summary() {
    return "each node a process on its own loopback address, a proxy in every link";
  }

  @Override
  public @Nullable String unavailable() {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    if (!Files.isExecutable(java)) {
      return "environment local: no Java launcher at "
          + java
          + "; run on a JDK, version 21 or newer";
    }
    if (!Signals.available()) {
      return "environment local: no 'kill' on the PATH, which stops and continues processes; it needs Linux or macOS";
    }
    return null;
  }

  @Override
  public Set<String> capabilities(Deployment deployment) {
    boolean kit = deployment.nodes().stream().allMatch(n -> n.launch() instanceof Deployment.Kit);
    if (!kit) {
      return Set.of();
    }
    Set<String> kinds = new TreeSet<>(FaultKinds.ofProcesses());
    kinds.addAll(FaultKinds.expand("link"));
    kinds.removeAll(refusals(deployment).keySet());
    return kinds;
  }

  @Override
  public Map<String, String> refusals(Deployment deployment) {
    Map<String, String> refusals =
        new TreeMap<>(Carrier.refusals(!Carrier.asked().equals("toxiproxy"), true));
    for (String kind : FaultKinds.expand("admin")) {
      refusals.put(kind, "its nodes have a membership that does not change");
    }
    return refusals;
  }

  @Override
  public Cluster cluster(Request request) {
    for (Deployment.NodeSpec node : request.deployment().nodes()) {
      if (!(node.launch() instanceof Deployment.Kit)) {
        throw new EnvironmentException(
            "%s, node %s: an image cannot run in the environment local; use --env containers"
                .formatted(request.target(), node.id()));
      }
    }
    return new LocalCluster(request);
  }
}
