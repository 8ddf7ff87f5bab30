package dev.faultline.harness.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.harness.Client;
import dev.faultline.harness.EnvironmentException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostedClientsTest {
  private record WithLibraries(List<String> libraries) implements Client.Blocking {
    @Override
    public boolean hosted() {
      return true;
    }

    @Override
    public Client.Session open(Client.Context context) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void librariesAreCopiedInTheirOrder(@TempDir Path directory) {
    List<String> resources =
        List.of("HostedClientsTest.class", "/META-INF/services/dev.faultline.harness.Target");
    assertThat(HostedClients.libraries(new WithLibraries(resources), directory))
        .containsExactly("HostedClientsTest.class", "dev.faultline.harness.Target");
    assertThat(directory.resolve("dev.faultline.harness.Target"))
        .content()
        .contains("dev.faultline.harness.host.ToyTarget");
  }

  @Test
  void aLibraryThatIsNotThereIsNamed(@TempDir Path directory) {
    WithLibraries client = new WithLibraries(List.of("/clients/none-1.0.jar"));
    assertThatThrownBy(() -> HostedClients.libraries(client, directory))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("/clients/none-1.0.jar");
  }
}
