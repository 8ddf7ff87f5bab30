package dev.faultline.blocking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.blocking.Blocking.Outcome;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlockingTest {
  static final List<Path> CLASS_PATH =
      Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
          .map(Path::of)
          .toList();

  @BeforeAll
  static void needsItsJdk() {
    String unable = Blocking.unable();
    assumeTrue(unable == null, unable);
  }

  private static Blocking of(Class<? extends Scenario> scenario, long seeds, String... flags) {
    return new Blocking(
        scenario.getName(), CLASS_PATH, 1, seeds, Duration.ofSeconds(1), List.of(flags));
  }

  @Test
  void aSleepIsOneTimer() {
    Outcome outcome = of(Plain.Sleeper.class, 3).run();

    assertThat(outcome.runs()).isEqualTo(3);
    assertThat(outcome.timers()).isEqualTo(3);
    assertThat(outcome.turns()).isEqualTo(6);
    assertThat(outcome.elapsed()).isEqualTo(Duration.ofMillis(600));
    assertThat(outcome.distinct()).isEqualTo(1);
    assertThat(outcome.findings()).isEmpty();
  }

  @Test
  void everyWayToWaitTakesVirtualTime() {
    assertThat(of(Plain.Waits.class, 2).run().findings()).isEmpty();
  }

  @Test
  void monitorsAreTheSameTwiceAndInAnotherJvm() {
    Outcome outcome = of(Plain.Monitors.class, 20).run();

    assertThat(outcome.findings()).isEmpty();
    assertThat(outcome.distinct()).isEqualTo(20);
    assertThat(
            of(Plain.Monitors.class, 20, "-Xint", "-XX:+UseParallelGC", "-XX:-UseSerialGC").run())
        .isEqualTo(outcome);
  }

  @Test
  void socketsAreTheSameTwice() {
    Outcome outcome = of(Plain.Sockets.class, 20).run();

    assertThat(outcome.findings()).isEmpty();
    assertThat(outcome.distinct()).isEqualTo(20);
  }

  @Test
  void someSeedsFindALostUpdate() {
    Outcome outcome = of(Plain.LostUpdate.class, 20).run();

    assertThat(outcome.findings()).hasSizeBetween(1, 19);
    assertThat(outcome.findings().get(0).what()).contains("the balance is 1, want 2");
  }

  @ParameterizedTest
  @CsvSource({
    "Stuck, 'stuck: no thread can run any more'",
    "Wrong, java.lang.AssertionError: not as it should be",
  })
  void aRunThatFailsIsAFinding(String scenario, String what) {
    Blocking blocking = Blocking.of("dev.faultline.blocking.Plain$" + scenario, CLASS_PATH, 1);

    assertThat(blocking.run().findings().get(0).what()).startsWith(what);
  }

  @ParameterizedTest
  @CsvSource({
    "PlatformThread, 'platform-thread: \"of my own\" is started (at dev.faultline.blocking.Leaks'",
    "CommonPool, platform-thread: \"ForkJoinPool",
    "Channel, real-socket: a SocketChannel is opened",
    "Datagram, real-socket: a DatagramSocket is opened",
    "Pinned, 'pinned: thread \"main-1\" waits in a class initializer'",
    "Loop, 'turn-without-end: thread \"main-1\" has not waited for 1000 ms'",
    "Counter, 'not-deterministic: seed 1, event 1: first at 0.000001 s thread 1 called Thread-'",
  })
  void whatLeavesTheSimulationIsRefused(String scenario, String reason) {
    Blocking blocking =
        new Blocking(
            "dev.faultline.blocking.Leaks$" + scenario,
            CLASS_PATH,
            1,
            1,
            Duration.ofSeconds(1),
            List.of());

    assertThatThrownBy(blocking::run).isInstanceOf(Refusal.class).hasMessageStartingWith(reason);
  }

  @Test
  void anOlderJdkIsRefused() {
    assertThat(Blocking.unable(24))
        .isEqualTo("jdk: needs JDK 25, and this is 24; set JAVA_HOME to one");
    assertThat(Blocking.unable(25)).isNull();
  }

  @Test
  void whatIsNeverCollectedEndsTheJvmAndNotTheCampaign() {
    Outcome outcome = of(Plain.Hoarder.class, 8, "-Xmx48m").run();

    assertThat(outcome.runs()).isEqualTo(8);
    assertThat(outcome.findings()).isEmpty();
  }

  @Test
  void aJvmThatDoesNotStartIsRefused() {
    assertThatThrownBy(() -> of(Plain.Sleeper.class, 1, "-javaagent:none.jar").run())
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith("jvm: it ended without a word");
  }

  @Test
  void aScenarioThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> Blocking.of("no.such.Scenario", CLASS_PATH, 1).run())
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith("scenario: no.such.Scenario is no public class");
  }
}
