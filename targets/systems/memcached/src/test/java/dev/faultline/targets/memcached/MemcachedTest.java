package dev.faultline.targets.memcached;

import dev.faultline.junit.SystemRun;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** memcached end to end, both runs at once since they mostly wait. */
class MemcachedTest {
  @BeforeAll
  static void needsContainers() throws IOException, InterruptedException {
    SystemRun.needsContainers();
  }

  @Test
  void itsCommandsAreAtomicUntilAServerIsStartedAgain() {
    String cut =
        """
        {"faults": [
          {"id": "f1", "do": "pause", "node": "m1", "from": {"at": "500ms"}, "for": "1s"},
          {"id": "f2", "do": "partition", "isolate": "clients", "from": {"at": "2s"}, "for": "1s"}]}
        """;
    String kill =
        """
        {"faults": [
          {"id": "f1", "do": "kill", "node": "m1", "from": {"at": "1s"}, "for": "1s"}]}
        """;
    SystemRun memcached =
        SystemRun.of(MemcachedTest.class, "memcached", "register")
            .expecting("linearizable")
            .lasting(4);
    SystemRun.atOnce(
        () -> memcached.nodes(2).plan(cut).holds("cut"),
        () -> memcached.plan(kill).breaks("kill", "linearizable"));
  }
}
