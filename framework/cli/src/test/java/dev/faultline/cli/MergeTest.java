package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergeTest {
  private static final String FINDING =
      """
      {"property":"toy.no-zero","clause":"zero","times":%d,"first":[
        {"index":%d,"seed":4,"hash":"00000000000000aa","plan":{"faults":[]}}]}\
      """;

  @TempDir private Path dir = Path.of("");

  private String part(String name, String shard, long seed, String hash, String findings)
      throws IOException {
    Path file = dir.resolve(name);
    String text =
        """
        {"campaign":{"target":"toy","seed":%d},"shard":"%s","seconds":1.5,
         "schedules":10,"invalid":2,"fewer":3,"notCounted":1,"hash":"%s",
         "goals":{"fell":1,"never":0},"findings":[%s],
         "states":["0000000000000001"],"pairs":[]}
        """
            .formatted(seed, shard, hash, findings);
    Files.writeString(file, text);
    return file.toString();
  }

  private String calm(String name, String shard, long seed) throws IOException {
    return part(name, shard, seed, "ffffffffffffffff", "");
  }

  @Test
  void theSumIsToldWithTheEarliestSchedule() throws IOException {
    String two = part("two", "2/2", 1, "0000000000000003", FINDING.formatted(3, 7));
    String one = part("one", "1/2", 1, "ffffffffffffffff", FINDING.formatted(2, 4));
    Shell.Answer answer = Shell.faultline("merge", two, one);
    assertThat(answer.exit()).as(answer.err()).isEqualTo(1);
    assertThat(answer.out())
        .contains("20 schedules  1 state", "4 invalid  6 with fewer faults  2 not counted")
        .contains("campaign 0000000000000002", "2 ×  fell", "never reached: never")
        .contains("toy.no-zero (zero): first in schedule 4, 5 times");
    assertThat(answer.err()).isEmpty();
  }

  @Test
  void asJsonItSaysWhatIsMissing() throws IOException {
    Shell.Answer answer =
        Shell.faultline("merge", "--json", calm("a", "3/4", 1), calm("b", "1/4", 1));
    assertThat(answer.exit()).as(answer.err()).isZero();
    assertThat(answer.out()).contains("\"missing\": [2,4]", "\"hash\": \"fffffffffffffffe\"");
    assertThat(answer.err()).contains("missing: shard 2, 4 of 4");
  }

  @Test
  void partsOfDifferentSearchesAreRefused() throws IOException {
    String one = calm("one", "1/2", 1);
    refused("are both shard 1/2", one, calm("twice", "1/2", 1));
    refused("is of another search", one, calm("seed", "2/2", 9));
    refused("give shards of one division", one, calm("other", "2/3", 1));
  }

  @Test
  void whatNoSearchWroteIsRefused() throws IOException {
    refused("cannot read", dir.resolve("nosuch").toString());
    refused("shard 3/2: give a part", calm("beyond", "3/2", 1));
    Path empty = dir.resolve("empty");
    Files.writeString(empty, "{}");
    refused("no 'campaign'; want what 'explore --json' wrote", empty.toString());
    assertThat(Shell.faultline("merge").exit()).isEqualTo(3);
  }

  @Test
  void partsAndWorkersThatCannotBe() {
    for (String shard : new String[] {"0/2", "3/2", "2", "a/b", "1/0", "-1/2"}) {
      Shell.Answer answer = Shell.faultline("explore", "toy", "--shard", shard);
      assertThat(answer.exit()).as(shard).isEqualTo(3);
      assertThat(answer.err()).contains("--shard " + shard + ": give a part");
    }
    Shell.Answer answer = Shell.faultline("explore", "toy", "--workers", "0");
    assertThat(answer.exit()).isEqualTo(3);
    assertThat(answer.err()).contains("--workers 0: give at least 1");
  }

  private static void refused(String why, String... files) {
    String[] args = new String[files.length + 1];
    args[0] = "merge";
    System.arraycopy(files, 0, args, 1, files.length);
    Shell.Answer answer = Shell.faultline(args);
    assertThat(answer.exit()).isEqualTo(3);
    assertThat(answer.out()).isEmpty();
    assertThat(answer.err()).contains(why);
    assertThat(answer.err().lines()).hasSize(1);
  }
}
