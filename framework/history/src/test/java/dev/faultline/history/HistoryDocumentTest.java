package dev.faultline.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.json.Json;
import dev.faultline.json.JsonView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds {@code docs/history.md} and its schema against the code. */
final class HistoryDocumentTest {
  private static final Path DOCS = docs();

  private static final JsonSchema SCHEMA =
      new JsonSchema(JsonView.parse("schema", read(DOCS.resolve("history.schema.json"))));

  @TempDir Path dir;

  private static Path docs() {
    Path at = Path.of("").toAbsolutePath();
    while (at != null && !Files.exists(at.resolve("docs/history.md"))) {
      at = at.getParent();
    }
    return Path.of(String.valueOf(at)).resolve("docs");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The fenced blocks of the page that are marked with a word. */
  private static List<String> blocks(String mark) {
    List<String> blocks = new ArrayList<>();
    for (String part : read(DOCS.resolve("history.md")).split("(?m)^```" + mark + "\n", -1)) {
      blocks.add(part.split("(?m)^```\n", 2)[0]);
    }
    return blocks.subList(1, blocks.size());
  }

  static List<String> histories() {
    return blocks("jsonl");
  }

  static Stream<String> mistakes() {
    return blocks("wrong").stream().flatMap(block -> Stream.of(block.split("\n\n")));
  }

  private HistoryFile parse(String text) throws IOException {
    Path file = dir.resolve("h.jsonl");
    Files.writeString(file, text);
    return HistoryFile.read(file);
  }

  @ParameterizedTest
  @MethodSource("histories")
  void theExamplesAreHistories(String text) throws IOException {
    HistoryFile read = parse(text);
    assertThat(read.torn()).isFalse();
    assertThat(read.history().operations()).isNotEmpty();
    assertThat(text.lines()).allSatisfy(l -> assertThat(SCHEMA.problems(Json.read(l))).isEmpty());
  }

  @Test
  void theFirstExampleIsWrittenAsWeWriteItAndShowsEveryKindOfLine() throws IOException {
    String text = histories().get(0);
    History history = parse(text).history();
    List<String> lines = new ArrayList<>();
    lines.add(HistoryLines.header("20261123-142210-grants-no-fencing"));
    history.entries().forEach(entry -> lines.add(HistoryLines.encode(entry)));
    assertThat(lines).isEqualTo(text.lines().toList());
    assertThat(history.operations())
        .extracting(Operation::outcome)
        .containsExactly(Outcome.OK, Outcome.FAIL, Outcome.OK);
    assertThat(history.faults())
        .extracting(Entry.Fault::phase)
        .containsExactly(Entry.Phase.START, Entry.Phase.EFFECT, Entry.Phase.END);
    assertThat(history.nodeEvents()).hasSize(3);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void whatIsRefusedIsRefusedWithTheseWords(String mistake) {
    String[] parts = mistake.strip().split("\n! ", 2);
    assertThatThrownBy(() -> parse(parts[0] + "\n")).hasMessage(parts[1]);
  }

  @Test
  void thePageShowsMistakes() {
    assertThat(mistakes()).hasSizeGreaterThan(5);
  }

  /** Whatever the text form can say, written out, fits the schema. */
  @Test
  void whatWeWriteFitsTheSchema() {
    History history =
        History.parse(
            """
            p0 invoke write key=x 1
            p0 info write key=x 1 !timeout
            p0 late fail write key=x 1 !refused
            f1 pause failed {"phase":"start","why":"no holder"}
            n2#3 event leader {"term":4}
            """);
    for (Entry entry : history.entries()) {
      assertThat(SCHEMA.problems(Json.read(HistoryLines.encode(entry)))).isEmpty();
    }
    assertThat(SCHEMA.problems(Json.read(HistoryLines.header("r")))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"faultline\":2}",
        "{\"index\":0,\"process\":1,\"type\":\"ok\",\"f\":\"read\"}",
        "{\"index\":0,\"time\":1,\"process\":1,\"type\":\"event\",\"f\":\"read\"}",
        "{\"index\":0,\"time\":1,\"process\":\"n1\",\"type\":\"ok\",\"f\":\"read\"}",
        "{\"index\":0,\"time\":1,\"process\":\"nemesis\",\"type\":\"info\",\"f\":\"kill\"}",
        "{\"index\":0,\"time\":1.5,\"process\":1,\"type\":\"ok\",\"f\":\"read\"}",
        "[]",
      })
  void theSchemaRefusesWhatTheReaderRefuses(String line) {
    assertThat(SCHEMA.problems(Json.read(line))).isNotEmpty();
    assertThatThrownBy(() -> HistoryLines.decode("line", line))
        .isInstanceOf(HistoryException.class);
  }
}
