package dev.faultline.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.Network.Ipam;
import dev.faultline.harness.EnvironmentException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Network;

/** The container engine, as Testcontainers found it; every call is bounded. */
final class Engine {
  /** Bound of one call: a busy machine with slow disks needs seconds for some. */
  static final Duration BOUND = Duration.ofSeconds(30);

  // Not virtual: the engine's client waits in synchronized code, which holds their carriers.
  static final ExecutorService THREADS =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("engine ", 0).factory());

  private final DockerClient client;

  private Engine(DockerClient client) {
    this.client = client;
  }

  /**
   * Connects.
   *
   * @throws EnvironmentException if Testcontainers finds no engine, or cannot use it
   */
  static Engine connect() {
    refuseLongSearch();
    try {
      return new Engine(DockerClientFactory.instance().client());
    } catch (RuntimeException e) {
      boolean reaper = !Boolean.parseBoolean(System.getenv("TESTCONTAINERS_RYUK_DISABLED"));
      throw new EnvironmentException(
          "containers: Testcontainers cannot use the engine at %s: %s%s"
              .formatted(
                  EngineProbe.address(),
                  e.getMessage(),
                  reaper
                      ? "; where no registry can be reached, set TESTCONTAINERS_RYUK_DISABLED=true"
                      : ""),
          e);
    }
  }

  /**
   * Where this machine looks like a container and the engine's first network does not tell its
   * gateway, Testcontainers looks for it with an image from a registry, for minutes.
   */
  private static void refuseLongSearch() {
    if (System.getenv("TESTCONTAINERS_HOST_OVERRIDE") == null
        && Files.exists(Path.of("/.dockerenv"))
        && !EngineProbe.tellsGateway()) {
      throw new EnvironmentException(
          "containers: this machine looks like a container (/.dockerenv), where Testcontainers cannot tell the engine's address; set TESTCONTAINERS_HOST_OVERRIDE=localhost");
    }
  }

  DockerClient client() {
    return client;
  }

  /** Runs something on a thread of its own; completes with an {@link EnvironmentException}. */
  static <T> CompletableFuture<T> ask(String what, Duration within, Callable<T> call) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    THREADS.execute(() -> {
      try {
        answer.complete(call.call());
      } catch (Throwable e) {
        answer.completeExceptionally(e);
      }
    });
    return answer
        .orTimeout(within.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionallyCompose(e -> CompletableFuture.failedFuture(failure(what, within, e)));
  }

  static EnvironmentException failure(String what, Duration within, Throwable error) {
    Throwable cause =
        error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    return switch (cause) {
      case EnvironmentException known -> known;
      case TimeoutException late ->
          new EnvironmentException(
              "containers: " + what + ": not done within " + within.toSeconds() + " s", late);
      default -> new EnvironmentException("containers: " + what + ": " + rootMessage(cause), cause);
    };
  }

  /** Testcontainers wraps what matters. */
  private static String rootMessage(Throwable error) {
    Throwable root = error;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root == error ? String.valueOf(error.getMessage()) : error.getMessage() + ": " + root;
  }

  /** The ranges of all networks there are. */
  List<String> subnets() {
    List<String> subnets = new ArrayList<>();
    for (var network : client.listNetworksCmd().exec()) {
      Ipam ipam = network.getIpam();
      if (ipam != null && ipam.getConfig() != null) {
        for (Ipam.Config config : ipam.getConfig()) {
          if (config.getSubnet() != null) {
            subnets.add(config.getSubnet());
          }
        }
      }
    }
    return subnets;
  }

  /**
   * Makes a network of its own for one resident. It leads nowhere else: not to the world, and not
   * to other networks.
   */
  Network network(String runId, String resident, Subnet subnet) {
    Network network =
        Network.builder()
            .driver("bridge")
            .createNetworkCmdModifier(cmd ->
                cmd.withName(Labels.name(runId, resident))
                    .withLabels(Labels.of(runId))
                    .withInternal(true)
                    .withIpam(
                        new Ipam()
                            .withConfig(
                                new Ipam.Config()
                                    .withSubnet(subnet.cidr())
                                    .withGateway(subnet.gateway()))))
            .build();
    // Made when it is asked for its id.
    String unused = network.getId();
    return network;
  }

  /**
   * What a program said in a container.
   *
   * @param exit its exit code
   * @param out all that it wrote, to both outputs
   */
  record Said(long exit, String out) {}

  /** Runs a program in a container, with the container's environment, and waits for its end. */
  Said execute(String container, String... command) {
    String id =
        client
            .execCreateCmd(container)
            .withCmd(command)
            .withAttachStdout(true)
            .withAttachStderr(true)
            .exec()
            .getId();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    var listener =
        new ResultCallback.Adapter<Frame>() {
          @Override
          public void onNext(Frame frame) {
            out.writeBytes(frame.getPayload());
          }
        };
    try {
      client.execStartCmd(id).exec(listener);
      if (!listener.awaitCompletion(BOUND.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new EnvironmentException(
            "containers: %s: not done within %d s"
                .formatted(String.join(" ", command), BOUND.toSeconds()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EnvironmentException("containers: " + command[0] + " was interrupted", e);
    }
    Long exit = client.inspectExecCmd(id).exec().getExitCodeLong();
    return new Said(exit == null ? -1 : exit, out.toString(StandardCharsets.UTF_8));
  }

  /** What a container is doing. */
  ContainerState state(String container) {
    return client.inspectContainerCmd(container).exec().getState();
  }

  /** Removes a container however it is; whether it is gone. */
  boolean removeContainer(String id) {
    try {
      client.removeContainerCmd(id).withForce(true).withRemoveVolumes(true).exec();
      return true;
    } catch (NotFoundException gone) {
      return true;
    } catch (DockerException e) {
      // 409: somebody else is removing it already.
      return e.getHttpStatus() == 409;
    }
  }

  /** Removes a network; whether it is gone. */
  boolean removeNetwork(String id) {
    try {
      client.removeNetworkCmd(id).exec();
      return true;
    } catch (NotFoundException gone) {
      return true;
    } catch (DockerException e) {
      return false;
    }
  }
}
