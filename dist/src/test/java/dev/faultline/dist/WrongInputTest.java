package dev.faultline.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as it is assembled, in a JVM of its own: wrong input is exit 3 and one line. */
class WrongInputTest {
  @TempDir private Path dir = Path.of("");

  record Answer(int exit, String out, String err) {}

  private Answer faultline(Map<String, String> environment, String... args) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "dev.faultline.cli.Main"));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).directory(dir.toFile());
    builder.environment().put("CLASSPATH", classPath());
    builder.environment().putAll(environment);
    Path out = dir.resolve("stdout");
    Path err = dir.resolve("stderr");
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    Process process = builder.start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Answer(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  private static String classPath() {
    StringBuilder path = new StringBuilder();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      path.append(path.isEmpty() ? "" : File.pathSeparator).append(Path.of(entry).toAbsolutePath());
    }
    return path.toString();
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
        "it can do: kill, link.bandwidth");
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
