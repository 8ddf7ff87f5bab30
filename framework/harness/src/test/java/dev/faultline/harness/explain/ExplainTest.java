package dev.faultline.harness.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checker.Verdict;
import dev.faultline.checker.Witness;
import dev.faultline.harness.Trace.Loss;
import dev.faultline.harness.Trace.Turn;
import dev.faultline.harness.judge.Judgement;
import dev.faultline.history.Entry;
import dev.faultline.history.History;
import dev.faultline.json.Json;
import dev.faultline.json.JsonView;
import dev.faultline.node.Message;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Hand-written traces: what led to a step, what of it is drawn, and what ShiViz would read. */
final class ExplainTest {
  private final TraceLog log = new TraceLog();
  private long messages;
  private long entries;

  private long send(long at, String from, String to, String type, Object... fields) {
    log.sent(at, ++messages, from, to, Message.of(type, fields));
    return messages;
  }

  private void op(long at, Entry.Type type) {
    log.recorded(
        at, new Entry.Op(entries++, at, 1, type, "read", "x", null, null, "c1", "n1", false));
  }

  /**
   * c1 reads at n1, which sets a timer and then asks n2 and n3; n2 answers, the question to n3 is
   * lost. n4 tells n2 something after that, and n3 talks to n4 all the time.
   */
  private BitSet read() {
    log.turned(0, "n1", 1, Turn.STARTED);
    op(10, Entry.Type.INVOKE);
    long read = send(10, "c1", "n1", "read", "key", "x");
    long gossip = send(11, "n3", "n4", "gossip");
    log.delivered(12, gossip);
    log.delivered(20, read);
    long asked = log.asked(20, "n1");
    log.because("n1", asked);
    log.timer(30, "n1");
    long query = send(30, "n1", "n2", "query");
    log.lost(31, send(30, "n1", "n3", "query"), Loss.CUT);
    log.delivered(40, query);
    long found = send(40, "n2", "n1", "found");
    long late = send(41, "n4", "n2", "late");
    log.delivered(45, late);
    log.lost(46, send(44, "n1", "n3", "other", "key", "y"), Loss.CUT);
    log.delivered(50, found);
    log.delivered(60, send(50, "n1", "c1", "read_ok"));
    op(60, Entry.Type.OK);
    log.timer(70, "n1");
    return CausalPast.of(log, Set.of(1L));
  }

  private List<String> told(BitSet steps) {
    return steps.stream()
        .mapToObj(log.steps()::get)
        .map(s -> s.at() + " " + s.host() + " " + s.text())
        .toList();
  }

  @Test
  void theCausalPastHasWhatLedToAStepAndNothingElse() {
    assertThat(told(read()))
        .containsExactly(
            "0 n1 started",
            "10 c1 read",
            "10 c1 read",
            "20 n1 read",
            "30 n1 timer",
            "30 n1 query",
            "30 n1 query",
            "40 n2 query",
            "40 n2 found",
            "44 n1 other",
            "50 n1 found",
            "50 n1 read_ok",
            "60 c1 read_ok",
            "60 c1 ok read null");
  }

  @Test
  void theDiagramShowsTheOperationsMessagesAndWhatWasLost() {
    Diagram diagram = Thinning.diagram(log, read(), Set.of(0L, 1L), 5);
    List<String> arrows = new ArrayList<>();
    diagram
        .arrows()
        .forEach(a ->
            arrows.add(
                a.from()
                    + ">"
                    + a.to()
                    + " "
                    + a.type()
                    + (a.lost() ? " lost" : "")
                    + (a.deciding() ? " deciding" : "")));
    assertThat(arrows)
        .containsExactly(
            "c1>n1 read deciding",
            "n1>n2 query deciding",
            "n1>n3 query lost deciding",
            "n2>n1 found deciding",
            "n1>c1 read_ok deciding");
    assertThat(diagram.lines()).containsExactly("c1", "n1", "n2", "n3");
    assertThat(diagram.to()).isEqualTo(60);
    assertThat(diagram.omitted()).isEqualTo(Map.of("other", 1L));
  }

  @Test
  void aDiagramSurvivesItsFile() {
    Diagram diagram = Thinning.diagram(log, read(), Set.of(0L, 1L), 5);
    String text = Json.pretty(diagram.toJson());
    assertThat(Diagram.fromJson(JsonView.parse("test", text))).isEqualTo(diagram);
  }

  @Test
  void manyLostMessagesOfAKindAreOneArrow() {
    op(10, Entry.Type.INVOKE);
    for (int i = 0; i < 300; i++) {
      log.timer(20 + i, "n1");
      log.lost(20 + i, send(20 + i, "n1", "n2", "heartbeat"), Loss.CUT);
      log.timer(20 + i, "n1");
      long gossip = send(20 + i, "n1", "n3", "gossip");
      log.delivered(20 + i, gossip);
    }
    log.delivered(400, send(399, "n1", "c1", "read_ok"));
    op(400, Entry.Type.OK);
    Diagram diagram = Thinning.diagram(log, CausalPast.of(log, Set.of(1L)), Set.of(0L, 1L), 0);
    assertThat(diagram.arrows()).hasSize(2);
    assertThat(diagram.arrows().get(0).times()).isEqualTo(300);
    assertThat(diagram.omitted()).isEqualTo(Map.of("gossip", 300L));
  }

  @Test
  void shiVizReadsEveryEventAndItsClocksSayWhatCameBefore() {
    BitSet past = read();
    Matcher matcher = Pattern.compile(ShiViz.EXPRESSION).matcher(ShiViz.text(log, past));
    List<String> hosts = new ArrayList<>();
    List<String> clocks = new ArrayList<>();
    String last = "";
    while (matcher.find()) {
      hosts.add(matcher.group("host"));
      clocks.add(matcher.group("clock"));
      last = matcher.group("event");
      assertThat(Json.readObject(matcher.group("clock"))).containsKey(matcher.group("host"));
    }
    assertThat(hosts).hasSize(past.cardinality());
    assertThat(clocks).doesNotHaveDuplicates();
    assertThat(clocks).endsWith("{\"c1\":4,\"n1\":8,\"n2\":2}");
    assertThat(last).endsWith("ok read null");
  }

  private static Entry.Op found(long index, Entry.Type type, long value) {
    return new Entry.Op(index, 10 * index, 1, type, "read", "x", value, null, "c1", "n1", false);
  }

  private static Explanation explained(History judged, History again) {
    Explanations explanations = new Explanations();
    again.entries().forEach(e -> explanations.trace().recorded(e.time(), e));
    Witness witness =
        new Witness("wrong", List.of(new Witness.Step(0, 0, 10, "c1", "read 1", null)));
    Judgement.Finding finding =
        new Judgement.Finding(
            "toy.reads",
            "reads are right",
            Judgement.Standing.CLAIMED,
            "",
            new Verdict.Invalid("wrong", witness));
    Judgement judgement =
        new Judgement(
            Judgement.Status.INVALID,
            List.of(),
            List.of(finding),
            List.of(),
            new Judgement.Exercised(1, 1, 0, 0, Map.of(), Map.of(), 0, 20));
    return explanations.explain(judged, judgement, again);
  }

  @Test
  void aRunThatDoesNotRepeatItselfIsNotExplained() {
    Entry.Op asked = found(0, Entry.Type.INVOKE, 0);
    Entry.Op answered = found(1, Entry.Type.OK, 1);
    History judged = History.of(List.of(asked, answered));
    assertThat(explained(judged, judged).notExplained()).isNull();
    assertThat(
            explained(judged, History.of(List.of(asked, found(1, Entry.Type.OK, 2))))
                .notExplained())
        .contains("another history from entry 1 on");
    Explanation shorter = explained(judged, History.of(List.of(asked)));
    assertThat(shorter.notExplained()).contains("1 entries, not of 2");
    assertThat(shorter.diagram()).isNull();
  }

  @Test
  void onATerminalALineIsAColumnAndAMessageTheRowOfItsArrival() {
    Diagram plain = Thinning.diagram(log, read(), Set.of(0L, 1L), 5);
    Judgement.FaultRecord cut =
        new Judgement.FaultRecord("f1", "partition", "n1 ↛ n3", 25, 45, true, Map.of());
    assertThat(String.join("\n", SpaceTimeText.lines(plain.under(List.of(cut)), 60)) + "\n")
        .isEqualTo(
            """
               time s   c1          n1          n2          n3
                0.000   ● read      │           │           │
                        ├── read ──►│           │           │
                        │           ▒ f1 partition n1 ↛ n3  │
                        │           ├╌╌╌╌╌╌╌╌ query ╌╌╌╌╌╌╌×▒
                        │           ├── query ─►│           ▒
                        │           ○ f1 ends   │           │
                        │           │◄── found ─┤           │
                        │◄─ read_ok ┤           │           │
                        ● ok read null          │           │
            """);
  }

  @Test
  void noLineOfATextIsTooWide() {
    Diagram plain = Thinning.diagram(log, read(), Set.of(0L, 1L), 5);
    Explanation all =
        new Explanation("toy.reads", "wrong ".repeat(40), null, plain, null, null, 14);
    for (int width : List.of(20, 60, 100, 400)) {
      assertThat(all.text(width))
          .allMatch(line -> line.length() <= Math.clamp(width, 60, 100))
          .noneMatch(line -> line.endsWith(" "));
    }
  }

  @Test
  void theLogForShiVizHasTheLastOfManyEvents() {
    BitSet many = new BitSet();
    many.set(0, ShiViz.MOST + 10);
    assertThat(ShiViz.last(many).cardinality()).isEqualTo(ShiViz.MOST);
    assertThat(ShiViz.last(many).nextSetBit(0)).isEqualTo(10);
    assertThat(ShiViz.last(read())).isEqualTo(read());
  }
}
