package dev.faultline.containers;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.Volume;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.startupcheck.StartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.utility.DockerImageName;

/**
 * One container, at an address that is known before. Testcontainers' own waiting is left out: it
 * asks the engine once a second, for all containers in turn.
 */
final class Box extends GenericContainer<Box> {
  private final Map<Network, Joined> further = new LinkedHashMap<>();
  private final List<Bind> binds = new ArrayList<>();

  private record Joined(String address, List<String> aliases) {}

  Box(String runId, String name, String image, Network home, String address) {
    super(DockerImageName.parse(image));
    withNetwork(home);
    withCreateContainerCmdModifier(cmd ->
        cmd.withName(Labels.name(runId, name))
            .withHostName(name)
            .withIpv4Address(address)
            .withLabels(labels(cmd, runId)));
    withCreateContainerCmdModifier(
        cmd -> Objects.requireNonNull(cmd.getHostConfig()).withBinds(List.copyOf(binds)));
    setWaitStrategy(new NoWait());
    withStartupCheckStrategy(new NoCheck());
  }

  private static Map<String, String> labels(CreateContainerCmd cmd, String runId) {
    Map<String, String> labels = new LinkedHashMap<>(Labels.of(runId));
    if (cmd.getLabels() != null) {
      labels.putAll(cmd.getLabels());
    }
    return labels;
  }

  /** Names by which others on its own network know it, besides its own. */
  Box named(List<String> aliases) {
    return withNetworkAliases(aliases.toArray(String[]::new));
  }

  /** Joins another network before it is started. */
  Box joining(Network network, String address, List<String> aliases) {
    further.put(network, new Joined(address, aliases));
    return this;
  }

  /** Sees directories of this machine, which it cannot change. */
  Box seeing(Map<Path, String> directories) {
    return binding(directories, AccessMode.ro);
  }

  /** Shares directories with this machine. */
  Box sharing(Map<Path, String> directories) {
    return binding(directories, AccessMode.rw);
  }

  private Box binding(Map<Path, String> directories, AccessMode mode) {
    directories.forEach((path, seenAs) ->
        binds.add(new Bind(path.toAbsolutePath().toString(), new Volume(seenAs), mode)));
    return this;
  }

  @Override
  protected void containerIsCreated(String containerId) {
    further.forEach((network, joined) ->
        getDockerClient()
            .connectToNetworkCmd()
            .withNetworkId(network.getId())
            .withContainerId(containerId)
            .withContainerNetwork(
                new ContainerNetwork()
                    .withIpamConfig(new ContainerNetwork.Ipam().withIpv4Address(joined.address()))
                    .withAliases(joined.aliases()))
            .exec());
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  private static final class NoWait extends AbstractWaitStrategy {
    @Override
    protected void waitUntilReady() {
      // The members of a run know when they are.
    }
  }

  private static final class NoCheck extends StartupCheckStrategy {
    @Override
    public boolean waitUntilStartupSuccessful(GenericContainer<?> container) {
      return true;
    }

    @Override
    public StartupStatus checkStartupState(
        com.github.dockerjava.api.DockerClient client, String containerId) {
      return StartupStatus.SUCCESSFUL;
    }
  }
}
