package dev.faultline.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.faultline.dist.Faultline.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as it is assembled, in a JVM of its own: wrong input is exit 3 and one line. */
class WrongInputTest {
  @TempDir private Path dir = Path.of("");

  private Answer faultline(Map<String, String> environment, String... args) throws Exception {
    return Faultline.run(dir, environment, args);
  }

  private void refused(Answer answer, String... parts) {
    assertThat(answer.exit()).as(answer.err()).isEqualTo(3);
    assertThat(answer.out()).isEmpty();
    assertThat(answer.err()).startsWith("faultline: ").contains(parts);
    assertThat(answer.err().lines()).hasSize(1);
    assertThat(dir.resolve("runs")).doesNotExist();
  }

  @Test
  void anUnknownTarget() throws Exception {
    refused(
        faultline(Map.of(), "run", "grant"),
        "no target 'grant' (did you mean grants?); see: faultline list targets");
  }

  @Test
  void aMalformedPlan() throws Exception {
    Files.writeString(
        dir.resolve("plan.json"),
        """
        {"faults": [{"do": "kill", "node": "n1", "from": {"at": "1s"}, "for": "1 fortnight"}]}
        """);
    refused(
        faultline(Map.of(), "run", "register", "--plan", "plan.json"),
        "plan.json, faults[0].for: '1 fortnight' is not a duration");
  }

  @Test
  void aPlanForNodesThatAreNotThere() throws Exception {
    Files.writeString(
        dir.resolve("plan.json"),
        """
        {"faults": [{"do": "kill", "node": "n9", "from": {"at": "1s"}, "for": "1s"}]}
        """);
    refused(
        faultline(Map.of(), "run", "register", "--plan", "plan.json"),
        "faults[0]",
        "no node 'n9'; known: n1, n2, n3");
  }

  @Test
  void aFaultThatTheEnvironmentCannotDo() throws Exception {
    Answer answer = faultline(Map.of(), "run", "etcd", "--faults", "clock.step");
    assumeFalse(answer.err().contains("no container engine answers"), "no container engine");
    refused(
        answer,
        "--faults clock.step: environment containers cannot do that on this target",
        "it can do: admin.remove",
        "kill, link.bandwidth");
  }

  @Test
  void noContainerEngine() throws Exception {
    String socket = "unix://" + dir.resolve("nobody.sock");
    refused(
        faultline(Map.of("DOCKER_HOST", socket), "run", "grants", "--env", "containers"),
        "environment containers: no container engine answers",
        socket,
        "faultline doctor");
  }

  @Test
  void theDoctorStillWorksWithoutAnEngine() throws IOException, Exception {
    String socket = "unix://" + dir.resolve("nobody.sock");
    Answer answer = faultline(Map.of("DOCKER_HOST", socket), "doctor");
    assertThat(answer.exit()).as(answer.err()).isZero();
    assertThat(answer.out()).contains("NO  containers", "ok  local");
  }
}
