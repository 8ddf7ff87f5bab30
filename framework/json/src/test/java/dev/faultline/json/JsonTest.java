package dev.faultline.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "true",
        "-12",
        "1.5",
        "\"a\\n\\\"\\u0001é\"",
        "[1,[2,{}],[]]",
        "{\"b\":1,\"a\":{\"x\":null}}"
      })
  void writesWhatItRead(String text) {
    assertThat(Json.write(Json.read(text))).isEqualTo(text);
  }

  private static long hash(@Nullable Object value) {
    JsonHash hash = new JsonHash();
    hash.add(value);
    return hash.value();
  }

  @Test
  void aHashIsOfWhatWouldBeWritten() {
    List<@Nullable Object> values = new ArrayList<>();
    for (String text :
        List.of(
            "null",
            "true",
            "false",
            "0",
            "1",
            "1.0",
            "-0.0",
            "\"1\"",
            "\"\"",
            "[]",
            "{}",
            "[1,[2]]",
            "[[1],2]",
            "[1,2]",
            "[2,1]",
            "{\"a\":1,\"b\":2}",
            "{\"b\":2,\"a\":1}",
            "[\"a\",1]",
            "{\"a\":\"1\"}",
            "{\"a\":1}",
            "{\"a\":null}",
            "{\"a\":{\"b\":1}}",
            "{\"a\":{},\"b\":1}")) {
      values.add(Json.read(text));
    }
    values.add("Ab");
    values.add("BCD");
    for (Object a : values) {
      for (Object b : values) {
        assertThat(hash(a) == hash(b))
            .as("%s and %s", Json.write(a), Json.write(b))
            .isEqualTo(Json.write(a).equals(Json.write(b)));
      }
    }
    assertThat(hash(List.of(1, Thread.State.NEW))).isEqualTo(hash(List.of(1L, "NEW")));
  }

  @Test
  void aHashIsTheSameOnEveryJvm() {
    assertThat(hash(Json.read("{\"a\":[1,null,\"text\",true,2.5],\"b\":{},\"c\":\"d\",\"e\":7}")))
        .isEqualTo(-5010100718700052801L);
  }

  @Test
  void prettyTextReadsBackAsTheSameValue() {
    Object value = Map.of("list", List.of("x".repeat(60), "y".repeat(60)), "n", 1L);
    assertThat(Json.read(Json.pretty(value))).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[1,]", "{\"a\":1}x", "nul"})
  void refusesWhatIsNotOneValue(String text) {
    assertThatThrownBy(() -> Json.read(text)).isInstanceOf(JsonException.class);
  }

  @Test
  void namesThePlaceOfAWrongValue() {
    JsonView plan = JsonView.parse("plan.json", "{\"faults\":[{\"for\":\"5\"}]}");
    assertThatThrownBy(() -> plan.get("faults").list().get(0).get("for").duration())
        .hasMessageStartingWith("plan.json, faults[0].for: '5' is not a duration");
  }

  @ParameterizedTest
  @ValueSource(strings = {"250ms", "2s", "-1.5s", "7us", "90s", "1ns", "1.5ms", "0s"})
  void durationsRoundTrip(String text) {
    Duration duration = Durations.parse(text);
    assertThat(Durations.format(duration)).isEqualTo(text);
  }
}
