package dev.faultline.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.dist.Faultline.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code shrink} and {@code replay} as a person uses them, each in a JVM of its own. */
class ReplayTest {
  @TempDir private Path dir = Path.of("");

  private Answer faultline(String... args) throws Exception {
    return Faultline.run(dir, Map.of(), args);
  }

  /** The one run directory whose name ends so, as a person types it. */
  private String run(String end) throws Exception {
    try (Stream<Path> runs = Files.list(dir.resolve("runs"))) {
      return dir.relativize(runs.filter(r -> r.toString().endsWith(end)).findFirst().orElseThrow())
          .toString();
    }
  }

  @Test
  void aFailureIsShrunkAndShownAgainInAnotherJvm() throws Exception {
    String plan =
        """
        {"faults": [{"do": "pause", "node": "$event", "from": {"on": "working"}, "for": "2s"},
                    {"do": "pause", "node": "server", "from": {"at": "3s"}, "for": "50ms"}]}
        """;
    Files.writeString(dir.resolve("plan.json"), plan);
    String[] command = {
      "run",
      "grants:no-fencing",
      "--env",
      "sim",
      "--plan",
      "plan.json",
      "--time",
      "4s",
      "--seed",
      "1"
    };
    Answer ran = faultline(command);
    assertThat(ran.exit()).as(ran.out() + ran.err()).isEqualTo(1);

    Answer small = faultline("shrink", run("no-fencing"), "--replays", "30", "--time", "50s");
    assertThat(small.exit()).as(small.out() + small.err()).isEqualTo(1);
    assertThat(small.out())
        .contains("from       2 faults", "to         1 fault", "./faultline replay");

    Answer why = faultline("explain", run("-small"));
    assertThat(why.exit()).as(why.out() + why.err()).isEqualTo(1);
    assertThat(why.out().lines()).allMatch(line -> line.length() <= 100);
    assertThat(why.out()).contains("fence.resource-order", "pause", "├", "►");

    Answer again = faultline("replay", run("-small"));
    assertThat(again.exit()).as(again.out() + again.err()).isEqualTo(1);
    assertThat(again.out())
        .contains("the same history, entry by entry", "shown in 1 of 1 run")
        .doesNotContain("other code");
  }

  @Test
  void whatCannotBeReplayedIsRefused() throws Exception {
    Answer absent = faultline("replay", "nothing.replay.json");
    assertThat(absent.exit()).isEqualTo(3);
    assertThat(absent.err()).contains("nothing.replay.json");

    Files.writeString(dir.resolve("run.json"), "{\"id\": \"r\"}");
    Answer aimless = faultline("replay", "run.json");
    assertThat(aimless.exit()).isEqualTo(3);
    assertThat(aimless.err()).contains("run.json: has no 'expect'");

    Answer none = faultline("replay", "run.json", "--seeds", "0");
    assertThat(none.exit()).isEqualTo(3);
    assertThat(none.err()).contains("--seeds 0: want 1 or more");
  }
}
