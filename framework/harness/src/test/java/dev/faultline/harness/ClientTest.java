package dev.faultline.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ClientTest {
  @Test
  void reasonsAreAddedToAClientThatIsTheSameOtherwise() throws Exception {
    Client.Session session =
        new Client.Session() {
          @Override
          public Client.Result invoke(Client.Invocation op) {
            return new Client.Result.Ok(null);
          }

          @Override
          public void close() {}
        };
    Client.Blocking plain = Client.Blocking.inHosts(List.of("/a.jar"), context -> session);
    Client.Blocking failing = plain.failing(Map.of("cas", Set.of("mismatch")));
    assertThat(failing.definite("cas")).containsExactly("mismatch");
    assertThat(failing.definite("write")).isEmpty();
    assertThat(failing.hosted()).isTrue();
    assertThat(failing.libraries()).containsExactly("/a.jar");
    Client.Context context =
        new Client.Context("c1", "n1", Map.of(), Map.of(), (name, facts) -> {});
    assertThat(failing.open(context)).isSameAs(session);
  }
}
