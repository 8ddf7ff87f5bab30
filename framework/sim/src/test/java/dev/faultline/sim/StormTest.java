package dev.faultline.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.harness.StormException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** More and more to do ends a run, and much to do does not. */
final class StormTest {
  private final SimLoop loop = new SimLoop();

  private void eachSends(int copies, long later) {
    for (int i = 0; i < copies; i++) {
      loop.at(loop.now() + later, () -> eachSends(copies, later));
    }
  }

  private boolean run() {
    return loop.run(new CompletableFuture<>(), Duration.ofSeconds(1));
  }

  @Test
  void messagesThatAreAnsweredTwiceAreAStorm() {
    eachSends(2, 1_000_000);
    assertThatThrownBy(this::run)
        .isInstanceOf(StormException.class)
        .hasMessageContaining("200000 messages and timers were waiting at 0.01");
  }

  @Test
  void whatNeverLetsTimeGoOnIsAStorm() {
    eachSends(1, 0);
    assertThatThrownBy(this::run)
        .isInstanceOf(StormException.class)
        .hasMessageContaining("at once");
  }

  @Test
  void aMillionEventsInARowAreNone() {
    eachSends(1, 1_000);
    assertThat(run()).isFalse();
    assertThat(loop.now()).isEqualTo(1_000_000_000);
  }
}
