package dev.faultline.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.dist.Faultline.Answer;
import dev.faultline.json.JsonView;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bench checker} gives the right verdicts on what it makes; speed is for nobody's test. */
class BenchCheckerTest {
  @TempDir private Path dir = Path.of("");

  @Test
  void smallHistoriesAreMadeAndJudged() throws Exception {
    Answer answer =
        Faultline.run(
            dir, Map.of(), "bench", "checker", "--rows", "0,8", "--scale", "1000", "--json");
    List<JsonView> lines = JsonView.parse("bench", answer.out()).get("lines").list();
    assertThat(lines).hasSizeGreaterThan(8);
    for (JsonView line : lines) {
      String what = line.get("what").string();
      boolean broken =
          List.of("stale read", "overwritten", "replaced twice").stream().anyMatch(what::endsWith);
      assertThat(line.get("ours").string()).as(what).contains(broken ? "(illegal)" : "(ok)");
    }
    assertThat(answer.exit()).as(answer.err()).isZero();
  }

  @Test
  void aFolderOfPeersThatIsMissingIsNamed() throws Exception {
    Answer answer = Faultline.run(dir, Map.of(), "bench", "checker", "--peers", "nowhere");
    assertThat(answer.exit()).isEqualTo(3);
    assertThat(answer.err()).contains("nowhere").contains("scripts/peers/install");
  }
}
