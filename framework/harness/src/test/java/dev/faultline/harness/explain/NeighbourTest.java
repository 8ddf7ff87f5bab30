package dev.faultline.harness.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.harness.explain.Neighbour.Row;
import dev.faultline.harness.explain.Neighbour.Step;
import dev.faultline.history.Entry;
import dev.faultline.json.Json;
import dev.faultline.json.JsonView;
import dev.faultline.node.Message;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two runs side by side. */
final class NeighbourTest {
  /** c1 writes and reads; the answer to the read comes at a time. */
  private static TraceLog run(long answered) {
    TraceLog log = new TraceLog();
    op(log, 0, 10, Entry.Type.INVOKE, "write", 5L);
    op(log, 1, 20, Entry.Type.OK, "write", null);
    op(log, 2, 30, Entry.Type.INVOKE, "read", null);
    log.sent(30, 1, "c1", "n1", Message.of("read"));
    log.delivered(40, 1);
    log.sent(answered, 2, "n1", "c1", Message.of("read_ok"));
    log.delivered(answered + 10, 2);
    op(log, 3, answered + 10, Entry.Type.OK, "read", answered);
    return log;
  }

  private static void op(
      TraceLog log, long index, long at, Entry.Type type, String f, @Nullable Object value) {
    log.recorded(at, new Entry.Op(index, at, 1, type, f, "x", value, null, "c1", "n1", false));
  }

  @Test
  void theFirstDifferenceIsTheFirstStepThatIsNotTheSame() {
    int common = Beside.common(run(50), run(60));
    assertThat(common).isEqualTo(5);
    assertThat(Beside.differs(run(50), run(60), common)).isEqualTo(50);
    assertThat(Beside.common(run(50), run(50))).isEqualTo(run(50).steps().size());
  }

  @Test
  void anOperationIsFoundAgainInTheOtherRun() {
    assertThat(Beside.counterparts(run(50), Set.of(2L, 3L), run(60))).containsExactly(2L, 3L);
    assertThat(Beside.counterparts(run(50), Set.of(7L), run(60))).isEmpty();
  }

  @Test
  void whatBothHaveStandsInOneRow() {
    Neighbour neighbour =
        new Neighbour(
            "f1 (pause) lasts 1s, not 2s",
            "valid",
            30,
            12,
            List.of(new Step(30, "b"), new Step(30, "a"), new Step(40, "d")),
            List.of(new Step(30, "a"), new Step(35, "c"), new Step(40, "d")));
    assertThat(neighbour.rows())
        .containsExactly(
            new Row(30, "b", ""),
            new Row(30, "a", "a"),
            new Row(35, "", "c"),
            new Row(40, "d", "d"));
    String text = Json.pretty(neighbour.toJson());
    assertThat(Neighbour.fromJson(JsonView.parse("test", text))).isEqualTo(neighbour);
  }

  @Test
  void eachSideTellsWhatLedToItsOperations() {
    assertThat(Beside.told(run(40), Set.of(2L, 3L), 45))
        .containsExactly(new Step(50, "n1 → c1 read_ok"), new Step(50, "c1: ok read 40"));
    assertThat(Beside.told(run(60), Set.of(), 50)).isEmpty();
  }
}
