package dev.faultline.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HistoryTest {
  private static final String TEXT =
      """
      p0 invoke write key=x 1
      p1@n2 invoke read key=x
      f1 pause start {"node":"n1"}
      p1@n2 ok read key=x 1
      n2#3 event leader {"term":4}
      p0 info write key=x 1 !timeout
      p0 late ok write key=x 1
      p2 invoke cas key=x [1,2]
      """;

  private static final History MIXED = History.parse(TEXT);

  @TempDir Path dir;

  @Test
  void aLateAnswerMakesAnUnknownOperationDefinite() {
    Operation write = MIXED.operations().get(0);
    assertThat(write.outcome()).isEqualTo(Outcome.OK);
    assertThat(write.returned()).isEqualTo(6);
  }

  @Test
  void anOperationNeverCompletedIsUnknown() {
    Operation cas = MIXED.operations().get(2);
    assertThat(cas.outcome()).isEqualTo(Outcome.INFO);
    assertThat(cas.returned()).isEqualTo(Operation.NEVER);
  }

  @Test
  void everyEntrySurvivesItsLine() {
    for (Entry entry : MIXED.entries()) {
      assertThat(HistoryLines.decode("line", HistoryLines.encode(entry))).isEqualTo(entry);
    }
  }

  @Test
  void aHashIsOfEverythingThatTheLinesSay() {
    assertThat(History.parse(TEXT).hash()).isEqualTo(255296664080401254L);
    for (String change :
        List.of(
            "[1,2]>[1,3]",
            "@n2 invoke read key=x>@n3 invoke read key=x",
            "f1 >f2 ",
            "pause>kill",
            "start>effect",
            "term>tern",
            "#3>#4",
            "leader>loser",
            "!timeout>!other",
            "[1,2]>[2,1]")) {
      String[] pair = change.split(">");
      assertThat(TEXT).contains(pair[0]);
      assertThat(History.parse(TEXT.replaceFirst(Pattern.quote(pair[0]), pair[1])).hash())
          .as(change)
          .isNotEqualTo(MIXED.hash());
    }
  }

  @Test
  void aTornLastLineIsLeftOut() throws IOException {
    Path file = write(MIXED);
    String text = Files.readString(file);
    Files.writeString(file, text.substring(0, text.length() - 20));
    HistoryFile read = HistoryFile.read(file);
    assertThat(read.torn()).isTrue();
    assertThat(read.history().entries()).isEqualTo(MIXED.entries().subList(0, 7));
  }

  @Test
  void aCorruptLineIsNamedWithWhatCanStillBeChecked() throws IOException {
    Path file = write(MIXED);
    Files.writeString(file, Files.readString(file).replace("\"term\":4", "\"term\":5"));
    assertThatThrownBy(() -> HistoryFile.read(file))
        .hasMessageContaining("history.jsonl, line 6: checksum")
        .hasMessageContaining("--until 4");
    assertThat(HistoryFile.read(file, 4).history().entries()).hasSize(4);
  }

  @Test
  void aCorruptLastLineIsLeftOutAndSaid() throws IOException {
    Path file = write(MIXED);
    Files.writeString(file, Files.readString(file).replace("[1,2]", "[1,7]"));
    HistoryFile read = HistoryFile.read(file);
    assertThat(read.leftOut()).contains("history.jsonl, line 9: checksum ");
    assertThat(read.history().entries()).isEqualTo(MIXED.entries().subList(0, 7));
    Files.writeString(file, Files.readString(file) + "\u0000\u0000\n");
    assertThatThrownBy(() -> HistoryFile.read(file)).hasMessageContaining("line 9: checksum");
  }

  /** Whatever was written when the writer died: the entries before are there, all of them. */
  @Test
  void everyPrefixOfTheBytesIsAHistory() throws IOException {
    byte[] bytes = Files.readAllBytes(write(MIXED));
    Path file = dir.resolve("prefix.jsonl");
    for (int length = 0; length <= bytes.length; length++) {
      byte[] prefix = Arrays.copyOf(bytes, length);
      Files.write(file, prefix);
      HistoryFile read = HistoryFile.read(file);
      int lines = (int) IntStream.range(0, length).filter(i -> prefix[i] == '\n').count();
      boolean atEnd = length == 0 || prefix[length - 1] == '\n';
      assertThat(read.torn()).as("%d bytes", length).isEqualTo(!atEnd);
      assertThat(read.history().entries())
          .isEqualTo(MIXED.entries().subList(0, Math.max(0, lines - 1)));
    }
  }

  @Test
  void aLineThatLostItsChecksumIsNotBelievedWhereTheFileHasThem() throws IOException {
    Path file = write(MIXED);
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    lines.set(3, lines.get(3).replaceFirst(",\"crc\":\"\\w+\"", ""));
    Files.write(file, lines);
    assertThatThrownBy(() -> HistoryFile.read(file)).hasMessageContaining("no checksum");
  }

  @Test
  void handWrittenLinesNeedNoChecksum() throws IOException {
    Path file = dir.resolve("hand.jsonl");
    Files.writeString(
        file,
        MIXED.entries().stream()
            .map(e -> HistoryLines.encode(e).replaceFirst(",\"crc\":\"\\w+\"", ""))
            .collect(Collectors.joining("\n", "", "\n")));
    assertThat(HistoryFile.read(file).history().entries()).isEqualTo(MIXED.entries());
  }

  @Test
  void aCompletionWithoutInvocationIsRefused() {
    assertThatThrownBy(() -> History.parse("p12 ok read 1"))
        .hasMessage("entry 0: 'ok' for process 12, which has nothing open");
  }

  @Test
  void aRetiredProcessMayNotGoOn() {
    assertThatThrownBy(() -> History.parse("p1 invoke read\np1 info read !timeout\np1 invoke read"))
        .hasMessageContaining("retired");
  }

  private Path write(History history) throws IOException {
    Path file = dir.resolve("history.jsonl");
    try (HistoryWriter writer = new HistoryWriter(file, "test")) {
      history.entries().forEach(writer::append);
    }
    return file;
  }
}
