package dev.faultline.sim;

import dev.faultline.harness.Cluster;
import dev.faultline.harness.Deployment;
import dev.faultline.harness.Scheduler;
import dev.faultline.harness.Trace;
import dev.faultline.harness.VirtualTime;
import dev.faultline.spec.FaultKinds;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Nodes of the kit in one thread and virtual time; the same seed gives the same history. */
public final class SimEnvironment implements VirtualTime {
  @Override
  public String id() {
    return "sim";
  }

  @Override
  public String summary() {
    return "one thread and virtual time, the same for a seed; our own patterns only";
  }

  @Override
  public @Nullable String unavailable() {
    return null;
  }

  @Override
  public Set<String> capabilities(Deployment deployment) {
    boolean kit = deployment.nodes().stream().allMatch(n -> n.launch() instanceof Deployment.Kit);
    return kit ? new TreeSet<>(FaultKinds.ofEnvironments()) : Set.of();
  }

  @Override
  public Map<String, String> refusals(Deployment deployment) {
    Map<String, String> refusals = new TreeMap<>();
    Set<String> can = capabilities(deployment);
    for (String kind : FaultKinds.all()) {
      if (!can.contains(kind)) {
        refusals.put(
            kind,
            FaultKinds.covers("admin", kind)
                ? "its nodes have a membership that does not change"
                : "only nodes of the node kit can be simulated; use --env containers");
      }
    }
    return refusals;
  }

  @Override
  public World world(long seed, @Nullable Trace trace) {
    SimLoop loop = new SimLoop();
    return new World() {
      private @Nullable SimCluster cluster;

      @Override
      public Scheduler scheduler() {
        return loop;
      }

      @Override
      public Cluster cluster(Request request) {
        SimCluster fresh = new SimCluster(loop, seed, request, trace);
        cluster = fresh;
        return fresh;
      }

      @Override
      public void reseed(long salt) {
        if (cluster != null) {
          cluster.reseed(salt);
        }
      }

      @Override
      public boolean run(CompletableFuture<?> until, Duration bound) {
        return loop.run(until, bound);
      }
    };
  }
}
