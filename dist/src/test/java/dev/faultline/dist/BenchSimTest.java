package dev.faultline.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.dist.Faultline.Answer;
import dev.faultline.json.JsonView;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bench sim} counts what it ran; how fast that was is for nobody's test. */
class BenchSimTest {
  @TempDir private Path dir = Path.of("");

  private JsonView bench(String... args) throws Exception {
    Answer answer = Faultline.run(dir, Map.of(), args);
    assertThat(answer.exit()).as(answer.err()).isZero();
    return JsonView.parse("bench", answer.out());
  }

  @Test
  void countsAndHashesAreTheSameInTwoJvms() throws Exception {
    String[] command = {"bench", "sim", "--schedules", "20", "--json"};
    JsonView first = bench(command);
    JsonView second = bench(command);
    assertThat(first.get("schedules").integer()).isEqualTo(20);
    assertThat(first.get("invalid").integer()).isZero();
    assertThat(first.get("hash").string())
        .isEqualTo(second.get("hash").string())
        .isNotEqualTo("0000000000000000");
  }
}
