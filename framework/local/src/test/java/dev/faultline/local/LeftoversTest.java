package dev.faultline.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.harness.Warden;
import dev.faultline.harness.warden.JvmCommand;
import dev.faultline.harness.warden.ProcessWarden;
import dev.faultline.harness.warden.Processes;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a run whose harness was killed. */
@Timeout(120)
class LeftoversTest {
  private static final Duration GONE_WITHIN = Duration.ofSeconds(5);

  @TempDir Path temp;

  /** Starts nodes, pauses one, tells what there is, and waits to be killed. */
  static final class Harness {
    public static void main(String[] args) throws Exception {
      ProcessWarden warden = ProcessWarden.start(args[0]);
      Rig rig = new Rig(args[0], Path.of(args[1]), 2, true, false, warden).start();
      Rig.await(rig.cluster.pause("n2"));
      System.out.println(warden.pid());
      rig.processes.forEach(System.out::println);
      System.out.println(rig.directories.getFirst());
      System.out.println("up");
      TimeUnit.HOURS.sleep(1);
    }
  }

  private record Started(Process harness, long warden, List<Long> processes, Path disks) {}

  private Started start(String runId) throws Exception {
    Process harness =
        JvmCommand.ofRun(
                "test-of-" + runId, Harness.class, 128, List.of(), List.of(runId, temp.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> lines = new ArrayList<>();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(harness.getInputStream(), StandardCharsets.UTF_8));
    for (String line = out.readLine(); !"up".equals(line); line = out.readLine()) {
      assertThat(line).as("after " + lines).isNotNull();
      lines.add(line);
    }
    List<Long> processes =
        lines.subList(1, lines.size() - 1).stream().map(Long::parseLong).toList();
    assertThat(processes).hasSizeGreaterThanOrEqualTo(2).allMatch(Processes::alive);
    return new Started(
        harness, Long.parseLong(lines.getFirst()), processes, Path.of(lines.getLast()));
  }

  private static void assertGone(List<Long> processes) throws InterruptedException {
    for (long pid : processes) {
      assertThat(Processes.awaitDeath(pid, GONE_WITHIN)).as("process " + pid).isTrue();
    }
  }

  @Test
  void theWardenEndsWhatAKilledHarnessStarted() throws Exception {
    Started started = start("left-to-warden");
    started.harness().destroyForcibly();

    assertGone(started.processes());
    assertThat(Processes.awaitDeath(started.warden(), GONE_WITHIN)).isTrue();
    assertThat(started.disks()).satisfies(d -> assertThat(Files.exists(d)).isFalse());
  }

  /** Found by '.ci/run': a harness was killed between making its directory and naming its run. */
  @Test
  void aDirectoryWhoseHarnessDiedBeforeItNamedItsRunIsRemoved() throws Exception {
    Process dead = new ProcessBuilder("true").start();
    assertThat(dead.waitFor(10, TimeUnit.SECONDS)).isTrue();
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    long now = System.currentTimeMillis();
    Path nameless =
        Files.createTempDirectory(temporary, "faultline-%d-%d-".formatted(dead.pid(), now));
    Path alive =
        Files.createTempDirectory(
            temporary, "faultline-%d-%d-".formatted(ProcessHandle.current().pid(), now));
    try {
      Warden.Leftovers disks = service("disks");
      assertThat(disks.find()).contains("directory " + nameless + " of run unknown");
      assertThat(disks.remove("some-other-run"))
          .contains("directory " + nameless + " of run unknown");
      assertThat(Files.exists(nameless)).isFalse();
      assertThat(Files.exists(alive)).isTrue();
    } finally {
      Files.deleteIfExists(nameless);
      Files.deleteIfExists(alive);
    }
  }

  @Test
  void withoutAWardenOnlyWhatIsPausedStaysAndIsFound() throws Exception {
    Started started = start("left-to-doctor");
    ProcessHandle.of(started.warden()).ifPresent(ProcessHandle::destroyForcibly);
    assertThat(Processes.awaitDeath(started.warden(), GONE_WITHIN)).isTrue();
    started.harness().destroyForcibly();
    assertThat(Processes.awaitDeath(started.harness().pid(), GONE_WITHIN)).isTrue();
    Warden.Leftovers leftovers = service("processes");
    long paused =
        started.processes().stream()
            .filter(p -> Processes.state(p) == 'T')
            .findFirst()
            .orElseThrow();
    String text = "process " + paused + " of run left-to-doctor";
    assertThat(leftovers.find()).contains(text);
    assertThat(leftovers.remove("another-run")).isEmpty();
    assertThat(leftovers.remove("left-to-doctor")).contains(text);
    assertGone(started.processes());
    assertThat(leftovers.find()).noneMatch(l -> l.contains("left-to-doctor"));

    Warden.Leftovers disks = service("disks");
    String disk = "directory " + started.disks() + " of run left-to-doctor";
    assertThat(disks.find()).contains(disk);
    assertThat(disks.remove("left-to-doctor")).containsExactly(disk);
    assertThat(Files.exists(started.disks())).isFalse();
  }

  private static Warden.Leftovers service(String id) {
    return ServiceLoader.load(Warden.Leftovers.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(l -> l.id().equals(id))
        .findFirst()
        .orElseThrow();
  }
}
