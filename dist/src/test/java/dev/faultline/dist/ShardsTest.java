package dev.faultline.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.dist.Faultline.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A search divided over machines, each command in a JVM of its own. */
class ShardsTest {
  @TempDir private Path dir = Path.of("");

  @Test
  void twoShardsAddUpToTheWhole() throws Exception {
    String one = campaign(explore("--shard", "1/2", "--workers", "2"), "one.json");
    String two = campaign(explore("--shard", "2/2"), "two.json");
    assertThat(one).isNotEqualTo(two);
    Answer merged = Faultline.run(dir, Map.of(), "merge", "--json", "two.json", "one.json");
    assertThat(merged.exit()).as(merged.err()).isZero();
    assertThat(campaign(merged, "sum.json"))
        .isEqualTo(campaign(explore(), "whole.json"))
        .isNotEqualTo(one);
  }

  private Answer explore(String... more) throws Exception {
    List<String> args =
        new java.util.ArrayList<>(List.of("explore", "register", "--schedules", "8", "--json"));
    args.addAll(List.of(more));
    Answer answer = Faultline.run(dir, Map.of(), args.toArray(String[]::new));
    assertThat(answer.exit()).as(answer.err()).isZero();
    return answer;
  }

  /** The campaign hash, and the answer in a file. */
  private String campaign(Answer answer, String file) throws Exception {
    Files.writeString(dir.resolve(file), answer.out());
    return answer
        .out()
        .lines()
        .filter(line -> line.startsWith("  \"hash\""))
        .findFirst()
        .orElseThrow();
  }
}
