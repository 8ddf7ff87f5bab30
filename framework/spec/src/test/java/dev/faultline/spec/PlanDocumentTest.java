package dev.faultline.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.json.Json;
import dev.faultline.json.JsonView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds {@code docs/plans.md} against the code. */
final class PlanDocumentTest {
  private static final String PAGE = read();

  private static String read() {
    Path at = Path.of("").toAbsolutePath();
    while (at != null && !Files.exists(at.resolve("docs/plans.md"))) {
      at = at.getParent();
    }
    try {
      return Files.readString(Path.of(String.valueOf(at)).resolve("docs/plans.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The fenced blocks of the page that are marked with a word. */
  private static List<String> blocks(String mark) {
    List<String> blocks = new ArrayList<>();
    for (String part : PAGE.split("(?m)^```" + mark + "\n", -1)) {
      blocks.add(part.split("(?m)^```\n", 2)[0]);
    }
    return blocks.subList(1, blocks.size());
  }

  /** The JSON values of the page: whole blocks, or one a line. */
  private static List<JsonView> values() {
    List<JsonView> values = new ArrayList<>();
    for (String block : blocks("json")) {
      List<String> texts =
          block.startsWith("{\"faults\"") ? List.of(block) : block.lines().toList();
      texts.forEach(text -> values.add(JsonView.parse("docs/plans.md", text)));
    }
    return values;
  }

  private static FaultPlan plan(JsonView example) {
    return FaultPlan.fromJson(
        example.find("faults") != null
            ? example
            : JsonView.of("example", Map.of("faults", List.of(example.map()))));
  }

  static Stream<JsonView> plans() {
    return values().stream()
        .filter(v ->
            Stream.of("do", "faults", "sequence", "overlap")
                .anyMatch(form -> v.find(form) != null));
  }

  static Stream<JsonView> anchors() {
    return values().stream()
        .filter(v -> v.find("at") != null || v.find("on") != null || v.find("log") != null);
  }

  static Stream<String> mistakes() {
    return blocks("wrong").stream().flatMap(block -> Stream.of(block.split("\n\n")));
  }

  @ParameterizedTest
  @MethodSource("plans")
  void theExamplesArePlans(JsonView example) {
    FaultPlan plan = plan(example);
    assertThat(plan.faults()).isNotEmpty();
    assertThat(plan(JsonView.of("again", plan.toJson()))).isEqualTo(plan);
  }

  @ParameterizedTest
  @MethodSource("anchors")
  void theAnchorsAreAnchors(JsonView example) {
    Anchor anchor = Anchor.fromJson(example);
    assertThat(Anchor.fromJson(JsonView.of("again", anchor.toJson()))).isEqualTo(anchor);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void mistakesAreRefusedWithTheseWords(String mistake) {
    String[] parts = mistake.strip().split("\n! ", 2);
    assertThatThrownBy(() -> FaultPlan.fromJson(JsonView.parse("plan.json", parts[0])))
        .hasMessage(parts[1]);
  }

  @Test
  void theExamplesShowEveryKindAndEveryMember() {
    Set<String> kinds = new TreeSet<>();
    Set<String> members = new LinkedHashSet<>();
    plans()
        .map(PlanDocumentTest::plan)
        .forEach(plan -> {
          kinds.addAll(plan.kinds());
          JsonView.of("plan", plan.toJson())
              .get("faults")
              .list()
              .forEach(fault -> members.addAll(fault.map().keySet()));
        });
    assertThat(kinds).containsExactlyElementsOf(FaultKinds.all());
    // What everyFaultSurvivesItsJsonForm of FaultPlanTest writes as well.
    assertThat(members)
        .contains("groups", "isolate", "bridge", "ring", "pairs", "slow-close", "strobe", "means");
    for (String word : members) {
      assertThat(PAGE).contains("`" + word + "`");
    }
  }

  @Test
  void theTableOfKindsIsComplete() {
    for (String kind : FaultKinds.all()) {
      assertThat(PAGE).contains("| `" + kind + "` |");
    }
  }

  @Test
  void thePageHasExamplesOfAllSorts() {
    assertThat(plans()).hasSizeGreaterThan(12);
    assertThat(anchors()).hasSizeGreaterThan(3);
    for (String form : new String[] {"sequence", "overlap", "repeat", "each", "ramp"}) {
      assertThat(plans().anyMatch(v -> v.find(form) != null)).as(form).isTrue();
    }
    assertThat(mistakes()).hasSizeGreaterThan(12);
    assertThat(Json.write(plan(values().get(0)).toJson())).contains("\"f4\"");
  }
}
