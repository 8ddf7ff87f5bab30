package dev.faultline.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.opentest4j.TestAbortedException;

/** Lets tests run where containers can be had, and says why where not. */
final class Containers {
  private Containers() {}

  /**
   * Skips the test without an engine, or fails it with {@code -Dfaultline.requireDocker=true}.
   * Builds images that are missing.
   */
  static void require(String... images) throws IOException, InterruptedException {
    try {
      EngineProbe.version();
    } catch (IOException e) {
      String why = "no container engine answers on " + EngineProbe.address() + " (" + e + ")";
      if (Boolean.getBoolean("faultline.requireDocker")) {
        fail(why + ", and -Dfaultline.requireDocker=true");
      }
      Assumptions.abort(why + "; scripts/engine start");
      throw new TestAbortedException(why, e);
    }
    for (String image : images) {
      if (!EngineProbe.hasImage("faultline/" + image)) {
        build(image);
      }
    }
  }

  private static void build(String image) throws IOException, InterruptedException {
    Path script = Path.of(System.getProperty("faultline.root", ""), "scripts", "images");
    Path log = Files.createTempFile("faultline-images-", ".log");
    Process process =
        new ProcessBuilder(script.toString(), image)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean ended = process.waitFor(8, TimeUnit.MINUTES);
    process.destroyForcibly();
    assertThat(ended && process.exitValue() == 0)
        .as("%s %s: %s", script, image, Files.readString(log))
        .isTrue();
    Files.delete(log);
  }
}
