package dev.faultline.harness.judge;

import static dev.faultline.harness.judge.Case.valid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.harness.judge.Judgement.Status;
import dev.faultline.json.JsonView;
import dev.faultline.spec.Minimums;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** A run in which everything held because nothing could break is void, and says what to change. */
final class VacuityTest {
  private static final String CUT =
      "{\"id\":\"f1\",\"do\":\"partition\",\"isolate\":\"n1\",\"from\":{\"at\":\"4s\"},\"for\":\"4s\"}";

  private static final Map<String, String> ROLES =
      Map.of("n1", "server", "n2", "server", "n3", "log");

  /**
   * Two clients that write one key all the time, overlapping, from 0 to 12 s, one write a second
   * each; the cut lasts from 4 to 8 s.
   *
   * @param outcome of the client's write at a second: {@code ok}, {@code fail} or {@code info}
   */
  private static String history(IntFunction<String> outcome, String... keys) {
    StringBuilder text = new StringBuilder("0 harness event phase {\"name\":\"run\"}\n");
    int process = 10;
    for (int s = 0; s < 12; s++) {
      if (s == 4) {
        text.append(
            """
            4000 f1 partition start {"target":"n1 | n2, n3","links":["n1→n2","n2→n1","n1→n3","n3→n1"]}
            4001 f1 partition effect {"probed":true}
            """);
      }
      if (s == 5) {
        text.append("5000 n2 event leader {\"term\":2}\n");
      }
      if (s == 8) {
        text.append("8000 f1 partition end {\"probed\":true}\n");
      }
      for (int line = 0; line < 2; line++) {
        for (int c = 0; c < 2; c++) {
          String who = "p%d@n%d".formatted(process + c, c + 1);
          String key = keys[c % keys.length];
          String did = line == 0 ? "invoke" : outcome.apply(s);
          text.append(
              "%d %s %s write key=%s %s\n"
                  .formatted(
                      s * 1000 + 100 + line * 10 + c,
                      who,
                      did,
                      key,
                      did.equals("invoke") ? s * 10 + c : did.equals("ok") ? "" : "!refused"));
        }
      }
      process += 2;
      if (s == 1) {
        text.append("1500 n1 event leader {\"term\":1}\n");
      }
    }
    return text
        + """
        13000 harness event phase {"name":"final"}
        13010 p1@n1 invoke read key=x
        13020 p1@n1 ok read key=x 1
        13100 harness event phase {"name":"end"}
        """;
  }

  private static Minimums standard() {
    return Minimums.STANDARD.of(ROLES, Map.of(), Duration.ofSeconds(2), List.of(), null);
  }

  private static Judgement judge(Minimums minimums, String history) {
    return new Case()
        .checker("linearizable", valid(5))
        .claim("linearizable", "partition")
        .plan(CUT)
        .minimums(minimums)
        .history(history)
        .judge();
  }

  private static void isVacuous(Judgement judgement, String cell, String change) {
    assertThat(judgement.status()).isEqualTo(Status.VOID);
    assertThat(judgement.reasons())
        .singleElement()
        .asString()
        .startsWith("vacuous: ")
        .contains(cell, change);
  }

  @Test
  void aHealthyRunHasItsTable() {
    Judgement judgement = judge(standard(), history(s -> "ok", "x"));
    assertThat(judgement.status()).isEqualTo(Status.VALID);
    Coverage coverage = judgement.coverage();
    assertThat(coverage.pairs()).isEqualTo(12);
    assertThat(coverage.okBefore()).isEqualTo(8);
    Coverage.Row row = coverage.rows().getFirst();
    assertThat(row.from()).isEqualTo(4_000_000_000L);
    assertThat(row.recovered()).isEqualTo(12_000_000_000L);
    assertThat(row.pairs()).isEqualTo(8);
    assertThat(row.okAfter()).isEqualTo(9);
    assertThat(row.signs()).isEqualTo(Map.of("leader", 1L));
    assertThat(row.cells())
        .containsExactly(
            new Coverage.Cell("write", "server", false, 8, 0, 0),
            new Coverage.Cell("write", "server", true, 8, 0, 0));
  }

  @Test
  void whatIsOpenWhenAFaultBeginsIsCounted() {
    String history =
        history(s -> "ok", "x").replace("3110 p16@n1 ok write", "4050 p16@n1 ok write");
    String sorted =
        String.join(
                "\n",
                history
                    .lines()
                    .sorted(java.util.Comparator.comparingLong(VacuityTest::at))
                    .toList())
            + "\n";
    Coverage.Row row = judge(standard(), sorted).coverage().rows().getFirst();
    assertThat(row.inFlight()).isEqualTo(1);
  }

  private static long at(String line) {
    return Long.parseLong(line.substring(0, line.indexOf(' ')));
  }

  @Test
  void aTargetThatRefusesEverythingWhileANodeIsCutOffIsNotTested() {
    IntFunction<String> refusing = s -> s >= 4 && s < 8 ? "fail" : "ok";
    isVacuous(
        judge(standard(), history(refusing, "x")),
        "f1 partition n1 | n2, n3 (4.0 s to 8.0 s) × of the 8 operations asked",
        "let clients reach nodes that serve");
    Minimums claims =
        standard().of(ROLES, Map.of(), Duration.ofSeconds(2), List.of("n1"), Duration.ofSeconds(3));
    isVacuous(
        judge(claims, history(s -> s >= 4 && s < 8 ? "info" : "ok", "x")),
        "the target claims to be usable within 3s: 0, want at least 1",
        "why the target did not serve");
    Minimums cannot =
        standard().of(ROLES, Map.of(), Duration.ofSeconds(2), List.of("n2"), Duration.ofSeconds(3));
    assertThat(judge(cannot, history(refusing, "x")).status()).isEqualTo(Status.VALID);
  }

  @Test
  void aTargetThatIsNotUsableForAShortTimeIsTested() {
    Minimums slow =
        standard().of(ROLES, Map.of(), Duration.ofSeconds(5), List.of("n1"), Duration.ofSeconds(9));
    String history = history(s -> s >= 4 && s < 8 ? "fail" : "ok", "x");
    assertThat(judge(slow, history).status()).isEqualTo(Status.VALID);
  }

  @Test
  void aTargetThatNeverComesBackIsNotTested() {
    Judgement judgement = judge(standard(), history(s -> s >= 4 ? "fail" : "ok", "x"));
    isVacuous(
        judgement, "while it or its recovery lasted: 0", "place it where clients are at work");
    assertThat(judgement.coverage().rows().getFirst().unmet()).isNotNull();
  }

  @Test
  void aWorkloadWhoseKeysNeverCollideIsNotTested() {
    isVacuous(
        judge(standard(), history(s -> "ok", "x", "y")),
        "the run × conflicting pairs",
        "use fewer keys, more clients");
    assertThat(judge(standard().pairs(0), history(s -> "ok", "x", "y")).status())
        .isEqualTo(Status.VALID);
    assertThat(judge(standard().reading("write"), history(s -> "ok", "x")).status())
        .as("clients that only read do not conflict")
        .isEqualTo(Status.VOID);
  }

  @Test
  void aFaultAfterTheLastOperationIsNotTested() {
    String history =
        history(s -> "ok", "x")
            .lines()
            .filter(l -> !l.contains(" f1 "))
            .map(l -> l + "\n")
            .reduce("", String::concat);
    String late =
        """
        12500 f1 partition start {"target":"n1 | n2, n3","links":["n1→n2","n2→n1"]}
        12501 f1 partition effect {"probed":true}
        12900 f1 partition end {"probed":true}
        """;
    Judgement judgement =
        judge(standard(), history.replace("13000 harness", late + "13000 harness"));
    assertThat(judgement.status()).isEqualTo(Status.VOID);
    assertThat(judgement.reasons().getFirst()).contains("no operation was open during a fault");
  }

  @Test
  void oneOfTwoFaultsThatMetNothingIsNamed() {
    String second = CUT.replace("f1", "f2").replace("\"4s\"}", "\"12500ms\"}");
    String late =
        """
        12500 f2 partition start {"target":"n1 | n2, n3","links":["n1→n2","n2→n1"]}
        12501 f2 partition effect {"probed":true}
        12900 f2 partition end {"probed":true}
        """;
    Judgement judgement =
        new Case()
            .checker("linearizable", valid(5))
            .claim("linearizable", "partition")
            .plan(CUT, second)
            .minimums(standard())
            .history(history(s -> "ok", "x").replace("13000 harness", late + "13000 harness"))
            .judge();
    isVacuous(judgement, "f2 partition", "place it where clients are at work");
    assertThat(judgement.heldUnderFewerFaults()).isTrue();
  }

  @Test
  void nothingThatWorkedBeforeTheFirstFaultIsNoBasis() {
    Judgement judgement = judge(standard(), history(s -> s < 4 ? "fail" : "ok", "x"));
    isVacuous(judgement, "before the first fault × operations that were ok: 0", "start the faults");
  }

  @Test
  void aWorkloadSaysWhatItMustHaveDone() {
    Judgement judgement = judge(standard().function("cas", 2), history(s -> "ok", "x"));
    isVacuous(judgement, "all faults and recoveries × cas", "raise --rate");
    assertThat(judge(standard().function("write", 16), history(s -> "ok", "x")).status())
        .isEqualTo(Status.VALID);
  }

  @Test
  void theTableHoldsManyFunctionsWhateverTheirFirstOutcome() {
    StringBuilder text = new StringBuilder("0 harness event phase {\"name\":\"run\"}\n");
    text.append("4000 f1 partition start {}\n4001 f1 partition effect {\"probed\":true}\n");
    for (int i = 0; i < 20; i++) {
      text.append("%d p%d@n1 invoke f%d 1\n".formatted(5000 + 2 * i, i, i));
      text.append("%d p%d@n1 info f%d !late\n".formatted(5001 + 2 * i, i, i));
    }
    text.append("8000 f1 partition end {\"probed\":true}\n");
    List<Coverage.Cell> cells =
        judge(standard(), text.toString()).coverage().rows().getFirst().cells();
    assertThat(cells).hasSize(20).allMatch(cell -> cell.info() == 1);
  }

  @Test
  void minimumsAreData() {
    Minimums all =
        standard()
            .of(
                ROLES,
                Map.of("granted", "holder"),
                Duration.ofMillis(1500),
                List.of("n1"),
                Duration.ofSeconds(5))
            .reading("read", "held?")
            .function("write", 3)
            .pairs(4);
    assertThat(Minimums.fromJson(JsonView.of("minimums", all.toJson()))).isEqualTo(all);
    assertThat(Minimums.fromJson(null)).isEqualTo(Minimums.STANDARD);
  }
}
