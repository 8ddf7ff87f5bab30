package dev.faultline.proxy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.Warden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which server is chosen, and what happens to its process. */
final class ToxiproxyServersTest {
  private final Pids warden = new Pids();

  @Test
  void theBuiltInServerSaysThatItIs() {
    try (ToxiproxyServers servers = ToxiproxyServers.builtIn(1)) {
      assertThat(servers.means()).isEqualTo("built-in proxy");
      assertThat(servers.versions()).isEqualTo(Map.of("proxy", "built-in proxy"));
      assertThat(servers.control().version()).isEqualTo(Api.VERSION);
    }
  }

  @Test
  void theRealServerIsAProcessThatTheWardenKnowsAndCloseEnds(@TempDir Path directory)
      throws IOException {
    Path program = ToxiproxyServers.find();
    assumeTrue(program != null, "no toxiproxy-server; run scripts/setup-toxiproxy");
    Path log = directory.resolve("toxiproxy.log");
    long pid;
    try (ToxiproxyServers servers = ToxiproxyServers.real(requireNonNull(program), warden, log)) {
      assertThat(servers.means()).startsWith("toxiproxy ");
      assertThat(warden.pids).hasSize(1);
      pid = warden.pids.getFirst();
      assertThat(ProcessHandle.of(pid)).isPresent();
    }
    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    assertThat(Files.readString(log)).contains("Starting Toxiproxy");
  }

  @Test
  void aProgramThatEndsAtOnceIsNamedWithItsLog(@TempDir Path directory) throws IOException {
    Path program = Files.writeString(directory.resolve("broken"), "#!/bin/sh\nexit 7\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    Path log = directory.resolve("broken.log");
    assertThatThrownBy(() -> ToxiproxyServers.real(program, warden, log))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining(program.toString())
        .hasMessageContaining("ended with 7")
        .hasMessageContaining(log.toString());
  }

  private static final class Pids implements Warden {
    final List<Long> pids = new ArrayList<>();

    @Override
    public void process(long pid) {
      pids.add(pid);
    }

    @Override
    public void directory(Path directory) {}

    @Override
    public void leftovers(String leftoversId, String runId) {}
  }
}
