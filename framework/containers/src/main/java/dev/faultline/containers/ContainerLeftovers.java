package dev.faultline.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Network;
import dev.faultline.harness.Warden;
import dev.faultline.harness.warden.Processes;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Containers and networks of runs whose harness is dead, by their labels. */
public final class ContainerLeftovers implements Warden.Leftovers {
  static final String ID = "containers";

  /** What a dying harness has asked the engine for may still come into being for a while. */
  private static final Duration QUIET = Duration.ofSeconds(2);

  private static final Duration WITHIN = Duration.ofSeconds(25);

  @Override
  public String id() {
    return ID;
  }

  @Override
  public List<String> find() {
    if (!reachable()) {
      return List.of();
    }
    return found(Engine.connect(), "").stream().map(Thing::text).toList();
  }

  @Override
  public List<String> remove(String runId) {
    if (!reachable()) {
      return List.of();
    }
    Engine engine = Engine.connect();
    List<String> removed = new ArrayList<>();
    long end = System.nanoTime() + WITHIN.toNanos();
    long quietSince = System.nanoTime();
    while (System.nanoTime() < end && System.nanoTime() - quietSince < wait(runId)) {
      List<Thing> things = found(engine, runId);
      // Containers first: a network goes only when nobody is on it.
      List<Thing> containers = things.stream().filter(t -> t.container).toList();
      removed.addAll(removeAll(engine, containers.isEmpty() ? things : containers));
      if (!things.isEmpty()) {
        quietSince = System.nanoTime();
      }
      pause();
    }
    return removed;
  }

  /** Lets every paused container of the run go on. */
  @Override
  public void heal(String runId) {
    if (!reachable()) {
      return;
    }
    DockerClient client = Engine.connect().client();
    for (Container container : paused(client, runId)) {
      try {
        client.unpauseContainerCmd(container.getId()).exec();
      } catch (DockerException goesOnAlready) {
        // Nothing of it is frozen any more.
      }
    }
  }

  @Override
  public int frozen(String runId) {
    return reachable() ? paused(Engine.connect().client(), runId).size() : 0;
  }

  private static List<Container> paused(DockerClient client, String runId) {
    return client
        .listContainersCmd()
        .withStatusFilter(List.of("paused"))
        .withLabelFilter(Map.of(Labels.RUN, runId))
        .exec();
  }

  /** What is asked for by hand is long at rest. */
  private static long wait(String runId) {
    return runId.isEmpty() ? 1 : QUIET.toNanos();
  }

  private record Thing(boolean container, String id, String text) {}

  private static boolean reachable() {
    try {
      return !EngineProbe.version().isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  private static List<String> removeAll(Engine engine, List<Thing> things) {
    List<CompletableFuture<String>> removals = new ArrayList<>();
    for (Thing thing : things) {
      removals.add(
          Engine.ask(
                  thing.text,
                  Engine.BOUND,
                  () -> {
                    boolean gone =
                        thing.container
                            ? engine.removeContainer(thing.id)
                            : engine.removeNetwork(thing.id);
                    return gone ? thing.text : "";
                  })
              .exceptionally(e -> ""));
    }
    return removals.stream().map(CompletableFuture::join).filter(s -> !s.isEmpty()).toList();
  }

  private static List<Thing> found(Engine engine, String runId) {
    DockerClient client = engine.client();
    List<Thing> things = new ArrayList<>();
    for (Container container :
        client.listContainersCmd().withShowAll(true).withLabelFilter(List.of(Labels.RUN)).exec()) {
      Instant made = Instant.ofEpochSecond(container.getCreated());
      String run = orphanOf(container.getLabels(), made, runId);
      if (run != null) {
        String name = Stream.of(container.getNames()).findFirst().orElse(container.getId());
        things.add(
            new Thing(
                true, container.getId(), "container " + name.substring(1) + " of run " + run));
      }
    }
    for (Network network :
        client.listNetworksCmd().withFilter("label", List.of(Labels.RUN)).exec()) {
      Instant made =
          network.getCreated() == null ? Instant.now() : network.getCreated().toInstant();
      String run = orphanOf(network.getLabels(), made, runId);
      if (run != null) {
        things.add(
            new Thing(false, network.getId(), "network " + network.getName() + " of run " + run));
      }
    }
    return things;
  }

  /** The run that something belongs to, if it is to be removed; else null. */
  private static @Nullable String orphanOf(
      @Nullable Map<String, String> labels, Instant made, String runId) {
    String run = labels == null ? null : labels.get(Labels.RUN);
    String harness = labels == null ? null : labels.get(Labels.HARNESS);
    if (run == null || harness == null) {
      return null;
    }
    if (!runId.isEmpty()) {
      return run.equals(runId) ? run : null;
    }
    return Processes.parentLives(Long.parseLong(harness), made) ? null : run;
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(200);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
