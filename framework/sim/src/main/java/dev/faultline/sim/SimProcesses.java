package dev.faultline.sim;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.Trace;
import dev.faultline.spec.Unsynced;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is done to simulated processes, each with its proof. */
final class SimProcesses {
  private final Map<String, SimNode> nodes;
  private final SimLinks links;
  private final Map<String, Long> wiped = new LinkedHashMap<>();

  SimProcesses(Map<String, SimNode> nodes, SimLinks links) {
    this.nodes = nodes;
    this.links = links;
  }

  SimNode node(String id) {
    SimNode node = nodes.get(id);
    if (node == null) {
      throw new EnvironmentException("no node '" + id + "' in this simulation");
    }
    return node;
  }

  private CompletableFuture<Map<String, @Nullable Object>> act(
      String id, Function<SimNode, Map<String, @Nullable Object>> deed) {
    try {
      return CompletableFuture.completedFuture(deed.apply(node(id)));
    } catch (EnvironmentException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  static Map<String, @Nullable Object> proof(String name, @Nullable Object value) {
    Map<String, @Nullable Object> proof = new LinkedHashMap<>();
    proof.put(name, value);
    return proof;
  }

  CompletableFuture<Map<String, @Nullable Object>> kill(String id) {
    return act(
        id,
        node -> {
          if (!node.alive()) {
            throw new EnvironmentException(id + " was dead already");
          }
          node.kill(Trace.Turn.KILLED);
          links.disconnect(id);
          return proof("gone", "incarnation " + node.incarnation());
        });
  }

  CompletableFuture<Map<String, @Nullable Object>> kill(String id, Unsynced unsynced) {
    SimNode node = node(id);
    if (unsynced == Unsynced.KEEP_PREFIX || !node.alive()) {
      return kill(id);
    }
    if (unsynced == Unsynced.WIPE) {
      wiped.put(id, node.kill(Trace.Turn.KILLED, unsynced));
      links.disconnect(id);
      return CompletableFuture.completedFuture(proof("gone", "incarnation " + node.incarnation()));
    }
    return node.killLosing(unsynced)
        .thenApply(lost -> {
          links.disconnect(id);
          Map<String, @Nullable Object> proof = proof("gone", "incarnation " + node.incarnation());
          proof.put("lost", lost);
          return proof;
        });
  }

  CompletableFuture<Map<String, @Nullable Object>> stop(String id) {
    return act(
        id,
        node -> {
          if (!node.running()) {
            throw new EnvironmentException(id + " does not run, so it cannot be asked to end");
          }
          node.stop();
          Map<String, @Nullable Object> proof = proof("exit", 0L);
          proof.put("gone", "incarnation " + node.incarnation());
          return proof;
        });
  }

  CompletableFuture<Map<String, @Nullable Object>> restart(String id) {
    return act(
        id,
        node -> {
          if (node.alive()) {
            throw new EnvironmentException(id + " runs already");
          }
          Long files = wiped.remove(id);
          long found = node.disk().list().size();
          node.start();
          Map<String, @Nullable Object> proof =
              proof("started", "incarnation " + node.incarnation());
          if (files != null) {
            proof.put("wiped", files);
            proof.put("files", found);
          }
          return proof;
        });
  }

  CompletableFuture<Map<String, @Nullable Object>> pause(String id) {
    return act(
        id,
        node -> {
          if (!node.running()) {
            throw new EnvironmentException(id + " does not run, so it cannot be frozen");
          }
          node.pause();
          return proof("state", "frozen");
        });
  }

  CompletableFuture<Map<String, @Nullable Object>> resume(String id) {
    return act(
        id,
        node -> {
          if (!node.alive()) {
            throw new EnvironmentException(id + " died while it was frozen");
          }
          node.resume();
          return proof("state", "running");
        });
  }
}
