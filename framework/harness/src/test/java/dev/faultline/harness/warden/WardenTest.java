package dev.faultline.harness.warden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WardenTest {
  private static final Duration GONE_WITHIN = Duration.ofSeconds(5);

  /** Starts a warden and a process, tells both ids and the directory, and waits to be killed. */
  static final class Harness {
    public static void main(String[] args) throws Exception {
      ProcessWarden warden = ProcessWarden.start("warden-test");
      Process idle =
          JvmCommand.ofRun("warden-test", Idle.class, 32, List.of(), List.of())
              .redirectErrorStream(true)
              .start();
      Path directory = Path.of(args[0]);
      Files.createDirectories(directory.resolve("inner"));
      Files.writeString(directory.resolve("inner/file"), "x");
      warden.process(idle.pid());
      warden.directory(directory);
      warden.leftovers("marker", args[1]);
      if (args[2].equals("stopped")) {
        signal("-STOP", idle.pid());
      }
      System.out.println(idle.pid() + " " + warden.pid());
      if (args[2].equals("hung")) {
        warden.renew(Duration.ofMillis(500));
      }
      if (args[2].equals("orderly")) {
        warden.close();
        return;
      }
      TimeUnit.HOURS.sleep(1);
    }
  }

  /** Does nothing for long. */
  static final class Idle {
    public static void main(String[] args) throws InterruptedException {
      TimeUnit.HOURS.sleep(1);
    }
  }

  /** Leaves a file with the name that it is asked to remove. */
  public static final class Marker implements dev.faultline.harness.Warden.Leftovers {
    @Override
    public String id() {
      return "marker";
    }

    @Override
    public void heal(String runId) {
      write(runId, "healed");
    }

    @Override
    public List<String> remove(String runId) {
      write(runId, "removed");
      return List.of();
    }

    private static void write(String file, String text) {
      try {
        Files.writeString(Path.of(file + ".part"), text);
        Files.move(Path.of(file + ".part"), Path.of(file), StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    @Override
    public List<String> find() {
      return List.of();
    }
  }

  @TempDir Path temp;

  private record Started(Process harness, long idle, long warden) {}

  private Started start(String how) throws IOException {
    Process harness =
        JvmCommand.of(
                Harness.class,
                64,
                Map.of(),
                List.of(),
                List.of(temp.resolve("data").toString(), temp.resolve("marker").toString(), how))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(harness.getInputStream(), StandardCharsets.UTF_8));
    String[] pids = out.readLine().split(" ");
    return new Started(harness, Long.parseLong(pids[0]), Long.parseLong(pids[1]));
  }

  @Test
  void whatAKilledHarnessStartedIsGoneSoon() throws Exception {
    Started started = start("running");
    assertThat(Processes.alive(started.idle())).isTrue();

    started.harness().destroyForcibly();

    assertThat(Processes.awaitDeath(started.idle(), GONE_WITHIN)).isTrue();
    assertThat(Processes.awaitDeath(started.warden(), GONE_WITHIN)).isTrue();
    assertThat(temp.resolve("data")).doesNotExist();
    assertThat(temp.resolve("marker")).hasContent("removed");
  }

  @Test
  void aStoppedProcessIsKilledToo() throws Exception {
    Started started = start("stopped");
    assertThat(Processes.state(started.idle())).isEqualTo('T');

    started.harness().destroyForcibly();

    assertThat(Processes.awaitDeath(started.idle(), GONE_WITHIN)).isTrue();
  }

  @Test
  void aHungHarnessLosesItsFaultsAndNothingElse() throws Exception {
    Started started = start("hung");
    Path marker = temp.resolve("marker");
    while (!Files.exists(marker)) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertThat(marker).hasContent("healed");
    assertThat(Processes.alive(started.idle())).isTrue();
    assertThat(temp.resolve("data/inner/file")).hasContent("x");

    started.harness().destroyForcibly();

    assertThat(Processes.awaitDeath(started.idle(), GONE_WITHIN)).isTrue();
    assertThat(Processes.awaitDeath(started.warden(), GONE_WITHIN)).isTrue();
    assertThat(marker).hasContent("removed");
  }

  @Test
  void afterAnOrderlyEndNothingIsTouched() throws Exception {
    Started started = start("orderly");
    try {
      assertThat(Processes.awaitDeath(started.warden(), GONE_WITHIN)).isTrue();
      assertThat(started.harness().waitFor(5, TimeUnit.SECONDS)).isTrue();
      assertThat(Processes.alive(started.idle())).isTrue();
      assertThat(temp.resolve("data/inner/file")).hasContent("x");
      assertThat(temp.resolve("marker")).doesNotExist();
    } finally {
      ProcessHandle.of(started.idle()).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  @Test
  void aProcessThatWasNeverThereIsGone() {
    assertThat(Processes.state(Integer.MAX_VALUE)).isEqualTo(Processes.GONE);
    assertThat(Processes.alive(ProcessHandle.current().pid())).isTrue();
  }

  @Test
  void anIdGivenAgainIsNotTheParent() {
    long self = ProcessHandle.current().pid();
    Instant started = ProcessHandle.current().info().startInstant().orElseThrow();

    assertThat(Processes.parentLives(self, started.plusSeconds(60))).isTrue();
    assertThat(Processes.parentLives(self, started.minusSeconds(60))).isFalse();
  }

  @Test
  void linksAreDeletedAndNotFollowed() throws IOException {
    Path kept = Files.writeString(Files.createDirectory(temp.resolve("kept")).resolve("a"), "x");
    Path doomed = Files.createDirectory(temp.resolve("doomed"));
    Files.createSymbolicLink(doomed.resolve("link"), kept.getParent());

    assertThat(Directories.delete(doomed)).isTrue();

    assertThat(kept).exists();
  }

  private static void signal(String signal, long pid) throws Exception {
    Process kill = new ProcessBuilder("kill", signal, Long.toString(pid)).start();
    assertThat(kill.waitFor()).isZero();
  }
}
