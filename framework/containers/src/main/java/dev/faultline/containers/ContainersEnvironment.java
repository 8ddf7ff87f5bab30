package dev.faultline.containers;

import dev.faultline.harness.Administration;
import dev.faultline.harness.Cluster;
import dev.faultline.harness.Deployment;
import dev.faultline.harness.Deployment.Image;
import dev.faultline.harness.Deployment.Kit;
import dev.faultline.harness.Environment;
import dev.faultline.harness.EnvironmentException;
import dev.faultline.proxy.Carrier;
import dev.faultline.spec.FaultKinds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Nodes in containers, every link between them through the real Toxiproxy. */
public final class ContainersEnvironment implements Environment {
  private static final String IMAGES = "scripts/images";

  @Override
  public String id() {
    return "containers";
  }

  @Override
  public String summary() {
    return "nodes and Toxiproxy in containers, one network each";
  }

  @Override
  public @Nullable String unavailable() {
    for (Health health : health()) {
      if (!health.works() && !health.part().equals("image " + ProxyBox.REAL)) {
        return health.detail() + "; see: faultline doctor";
      }
    }
    return null;
  }

  @Override
  public List<Health> health() {
    List<Health> parts = new ArrayList<>();
    Health engine = engine();
    parts.add(engine);
    if (engine.works()) {
      parts.add(image(Started.NODE_IMAGE));
      parts.add(image(ProxyBox.REAL));
    }
    return parts;
  }

  private static Health engine() {
    String part = "container engine";
    String address = EngineProbe.address();
    if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux")) {
      return new Health(
          part,
          false,
          "containers are reached at their own addresses, which only Linux allows",
          "");
    }
    if (!EngineProbe.local()) {
      return new Health(
          part,
          false,
          "the engine must be on this machine, and DOCKER_HOST is " + address,
          "unset DOCKER_HOST");
    }
    try {
      return new Health(part, true, EngineProbe.version() + " at " + address, "");
    } catch (IOException e) {
      return new Health(
          part, false, "no container engine answers on " + address, "scripts/engine start");
    }
  }

  private static Health image(String name) {
    String part = "image " + name;
    try {
      return EngineProbe.hasImage(name)
          ? new Health(part, true, name, "")
          : new Health(part, false, "there is no image " + name + ": run " + IMAGES, IMAGES);
    } catch (IOException e) {
      return new Health(part, false, part + ": " + e.getMessage(), "");
    }
  }

  /**
   * What no probe can prove is not offered: when a close arrives can be seen inside nodes of the
   * kit alone; clocks are steered there, and elsewhere made wrong by the preloaded library.
   */
  @Override
  public Set<String> capabilities(Deployment deployment) {
    Set<String> kinds = new TreeSet<>(List.of("partition", "pause", "kill", "stop"));
    Set<String> refused = linkRefusals(deployment).keySet();
    kinds.addAll(FaultKinds.expand("link").stream().filter(k -> !refused.contains(k)).toList());
    kinds.addAll(FaultKinds.ofDisks().stream().filter(k -> !refused.contains(k)).toList());
    if (deployment.nodes().stream().allMatch(ContainersEnvironment::setsClock)) {
      kinds.addAll(FaultKinds.expand("clock"));
    }
    Administration offers = deployment.administration();
    if (offers != null) {
      offers.actions().forEach(action -> kinds.add("admin." + action));
    }
    if (LoopDisk.unavailable() == null
        && deployment.nodes().stream().allMatch(ContainersEnvironment::namesData)) {
      kinds.addAll(List.of("disk.stall", "disk.full", "disk.slow"));
    }
    return kinds;
  }

  private static Map<String, String> linkRefusals(Deployment deployment) {
    boolean kit = deployment.nodes().stream().allMatch(n -> n.launch() instanceof Kit);
    Map<String, String> refusals = new TreeMap<>(Carrier.refusals(Carrier.ownAsked(), kit));
    if (!kit) {
      refusals.put(
          "link.slow-close",
          "when a close arrives can be seen inside nodes of the node kit alone; use link.hang");
      refusals.put(
          "link.reset-after",
          "what a server answers does not tell whether it had the whole of a long request; use link.reset");
    }
    if (!deployment.nodes().stream().allMatch(ContainersEnvironment::setsClock)) {
      FaultKinds.expand("clock")
          .forEach(kind ->
              refusals.put(
                  kind,
                  "nothing is preloaded into a node; give it an image with our library if it links"
                      + " libc dynamically"));
    }
    if (!kit) {
      FaultKinds.ofDisks()
          .forEach(kind ->
              refusals.put(
                  kind,
                  "the disk of a real system is not ours to fail; use a target on the node kit"));
    }
    return refusals;
  }

  @Override
  public Map<String, String> refusals(Deployment deployment) {
    Map<String, String> refusals = linkRefusals(deployment);
    for (String kind : FaultKinds.expand("admin")) {
      refusals.put(kind, "the target offers no such thing");
    }
    if (deployment.nodes().stream().allMatch(n -> n.launch() instanceof Image)) {
      String loop = LoopDisk.unavailable();
      for (String kind : List.of("disk.stall", "disk.full", "disk.slow")) {
        refusals.put(
            kind, loop != null ? loop : "the target does not say where its nodes keep their state");
      }
      refusals.put("disk.corrupt", "nobody can tell what a real system should make of it");
      for (String kind : FaultKinds.expand("clock")) {
        refusals.put(
            kind, "its program makes no calls of libc, or its image has not our preloaded library");
      }
    }
    refusals.keySet().removeAll(capabilities(deployment));
    return refusals;
  }

  private static boolean namesData(Deployment.NodeSpec node) {
    return node.launch() instanceof Image image && !image.data().isEmpty();
  }

  private static boolean setsClock(Deployment.NodeSpec node) {
    return switch (node.launch()) {
      case Kit kit -> true;
      case Image image -> image.dynamic();
    };
  }

  @Override
  public Cluster cluster(Request request) {
    Set<String> needed = new LinkedHashSet<>();
    for (Deployment.NodeSpec node : request.deployment().nodes()) {
      needed.add(node.launch() instanceof Image image ? image.image() : Started.NODE_IMAGE);
    }
    if (request.hosted()) {
      needed.add(Started.NODE_IMAGE);
    }
    for (String name : needed) {
      Health image = image(name);
      if (!image.works()) {
        throw new EnvironmentException("containers: " + image.detail());
      }
    }
    return new ContainerCluster(request);
  }
}
