package dev.faultline.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.harness.Deployment.Image;
import dev.faultline.harness.Deployment.LogEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a real system's log lines become. */
class ImageLifeTest {
  private static final Image IMAGE =
      new Image(
          "image",
          List.of(),
          Map.of(),
          2379,
          List.of(2381),
          "ready to serve",
          List.of(
              new LogEvent(
                  "(?<id>\\w+) became leader at term (?<term>\\d+)",
                  "leader",
                  List.of("term", "id"))));

  private final Seen seen = new Seen();
  private final ImageLife life = new ImageLife("e1", IMAGE, seen);

  @Test
  void namedGroupsAreFactsAndEventsAreNumberedWithinAnIncarnation() throws IOException {
    life.prepare(1);
    life.running(17);
    life.line("embed: ready to serve client requests");
    life.started(1, Duration.ofSeconds(5));
    life.line("raft: 8e9e05 became leader at term 2");
    life.prepare(2);
    life.running(18);
    life.started(2, Duration.ZERO);
    assertThat(seen.all())
        .containsExactly(
            new Seen.Event("e1", 1, 1, "started", Map.of("pid", 17L)),
            new Seen.Event("e1", 1, 2, "leader", Map.of("term", 2L, "id", "8e9e05")),
            new Seen.Event("e1", 2, 1, "started", Map.of("pid", 18L)));
  }

  @Test
  void aNodeThatIsNeverReadyIsAnErrorThatNamesWhatWasMissing() {
    life.prepare(1);
    assertThatThrownBy(() -> life.started(1, Duration.ofMillis(1)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("ready to serve");
  }

  @Test
  void aNodeThatDiesBeforeItIsReadySaysHow() {
    life.prepare(1);
    life.died("exit code 2");
    assertThatThrownBy(() -> life.started(1, Duration.ofSeconds(5)))
        .hasMessageContaining("exit code 2");
    assertThat(seen.all()).extracting(Seen.Event::name).containsExactly("crashed");
  }
}
