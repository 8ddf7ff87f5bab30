package dev.faultline.harness.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.history.Entry;
import dev.faultline.history.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LossesTest {
  @TempDir Path dir;

  /** Each line {@code process client type}; entries in that order. */
  private static History history(String... lines) {
    List<Entry> entries = new ArrayList<>();
    for (String line : lines) {
      String[] words = line.split(" ", -1);
      entries.add(
          new Entry.Op(
              entries.size(),
              entries.size(),
              Integer.parseInt(words[0]),
              Entry.Type.valueOf(words[2]),
              "read",
              null,
              null,
              words[2].equals("INFO") ? "time-out" : null,
              words[1],
              "n1",
              false));
    }
    return History.of(entries);
  }

  private Losses losses(String calls, History history) throws IOException {
    Path log = dir.resolve("calls");
    Files.writeString(log, calls);
    return Losses.between(log, history);
  }

  @Test
  void whatIsRecordedIsNotLost() throws IOException {
    Losses losses =
        losses(
            "call c1 0\nanswer c1 0\ncall c1 1\ncall c2 0\nanswer c2 0\n",
            history(
                "0 c1 INVOKE", "0 c1 OK", "0 c1 INVOKE", "1 c2 INVOKE", "1 c2 OK", "1 c2 INVOKE"));
    assertThat(losses).isEqualTo(new Losses(3, List.of(), java.util.Map.of()));
  }

  @Test
  void anAnswerThatIsMissingIsLost() throws IOException {
    Losses losses =
        losses(
            "call c1 0\nanswer c1 0\ncall c1 1\nanswer c1 1\n",
            history("0 c1 INVOKE", "0 c1 INFO", "3 c1 INVOKE"));
    assertThat(losses.lost()).containsExactly(java.util.Map.entry("c1", 1L));
    assertThat(losses.most()).isEqualTo(1);
  }

  @Test
  void aCallBeforeItsLineIsTold() throws IOException {
    Losses losses = losses("call c1 0\ncall c1 1\n", history("0 c1 INVOKE", "0 c1 OK"));
    assertThat(losses.unrecorded()).containsExactly("c1 no. 1");
  }
}
