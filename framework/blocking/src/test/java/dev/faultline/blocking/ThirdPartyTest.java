package dev.faultline.blocking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.blocking.Blocking.Outcome;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With {@code -Dfaultline.blocking.seeds=1000} for as many. */
class ThirdPartyTest {
  private static final long SEEDS = Long.getLong("faultline.blocking.seeds", 20);

  @BeforeAll
  static void needsItsJdk() {
    String unable = Blocking.unable();
    assumeTrue(unable == null, unable);
  }

  private static Outcome run(String scenario, long seeds) {
    return Blocking.of(
            "dev.faultline.blocking.ThirdParty$" + scenario, BlockingTest.CLASS_PATH, seeds)
        .run();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ObjectPool", "Mail"})
  void aLibraryIsTheSameTwice(String scenario) {
    Outcome outcome = run(scenario, SEEDS);

    assertThat(outcome.runs()).isEqualTo(SEEDS);
    assertThat(outcome.distinct()).isEqualTo(SEEDS);
    assertThat(outcome.findings()).isEmpty();
  }

  @Test
  void anEvictorWantsAThreadOfItsOwn() {
    assertThatThrownBy(() -> run("Evictor", 1))
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith("platform-thread: \"commons-pool-evictor\" is started")
        .hasMessageContaining("org.apache.commons.pool2.impl.EvictionTimer");
  }

  @Test
  void aWebServerWantsAThreadOfItsOwn() {
    assertThatThrownBy(() -> run("WebServer", 1))
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith("platform-thread: \"NanoHttpd Main Listener\" is started")
        .hasMessageContaining("fi.iki.elonen.NanoHTTPD.start");
  }
}
