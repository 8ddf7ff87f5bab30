package dev.faultline.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ten lines of {@code docs/examples/Check.java} work with what the checker needs, alone. */
final class ExampleTest {
  @TempDir private Path dir = Path.of("");

  private static Path source() {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.exists(root.resolve("docs/examples/Check.java"))) {
      root = Objects.requireNonNull(root.getParent(), "no docs/examples above");
    }
    return root.resolve("docs/examples/Check.java");
  }

  private String run(String history) throws IOException, InterruptedException {
    Path file = Files.writeString(dir.resolve("h.log"), history);
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                source().toString(),
                file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int unused = java.waitFor();
    return said;
  }

  @Test
  void aHistoryIsJudged() throws Exception {
    assertThat(run("# stack\npush 1 0 1\npush 2 2 3\npop 1 4 5\n")).contains("Invalid", "pop");
  }
}
