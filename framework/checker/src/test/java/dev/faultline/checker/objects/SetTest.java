package dev.faultline.checker.objects;

import static dev.faultline.checker.Judge.invalid;
import static dev.faultline.checker.Judge.unknown;
import static dev.faultline.checker.Judge.valid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Verdict;
import dev.faultline.checker.Witness;
import dev.faultline.history.History;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** {@code set.no-lost-add}, {@code set.no-phantom} and {@code set.linearizable}. */
final class SetTest {
  private static final String LOST = "set.no-lost-add";
  private static final String PHANTOM = "set.no-phantom";
  private static final String ORDER = "set.linearizable";

  private static final String ADDS =
      """
      p0 invoke add key=s 1
      p0 ok     add key=s
      p1 invoke add key=s 2
      p1 info   add key=s 2 !timeout
      p2 invoke add key=s 3
      p2 ok     add key=s
      p3 invoke add key=s 4
      p3 fail   add key=s 4 !refused
      """;

  private static final String FINAL = "harness event phase {\"name\":\"final\"}\n";

  private static String read(String who, String elements) {
    return "%s invoke read key=s\n%s ok read key=s %s\n".formatted(who, who, elements);
  }

  @Test
  void whatWasAcknowledgedIsThereAndTheUnknownMayBe() {
    valid(LOST, 2, ADDS + read("p8@n1", "[1,3]"));
    valid(LOST, 2, ADDS + read("p8@n1", "[3,2,1]"));
  }

  @Test
  void anAcknowledgedElementThatNoNodeHasIsLost() {
    Witness witness = invalid(LOST, "lost", ADDS + read("p8@n1", "[2,3]") + read("p9@n2", "[2,3]"));
    assertThat(witness.sentence()).isEqualTo("The acknowledged element 1 is lost, of 2.");
    assertThat(witness.steps()).hasSize(3);
  }

  @Test
  void aReplicaThatCatchesUpLostNothing() {
    String early = ADDS + FINAL + read("p8@n1", "[1,3]") + read("p9@n2", "[1]");
    valid(LOST, 2, early + read("p9@n2", "[1,3]"));
    assertThat(unknown(LOST, early)).contains("n1 has 3").contains("n2 does not");
  }

  @Test
  void aReplicaThatNeverCatchesUpDiverged() {
    invalid(
        LOST,
        "diverged",
        ADDS + read("p8@n1", "[1,3]") + read("p9@n2", "[1]") + read("p9@n2", "[1]"));
  }

  @Test
  void anOldMasterThatIsDemotedTakesWhatItAloneHadWithIt() {
    String first = ADDS + read("p8@n1", "[1,3]") + read("p9@n2", "[1]");
    invalid(LOST, "lost", first + read("p8@n1", "[1]") + read("p9@n2", "[1]"));
  }

  @Test
  void readsBeforeTheFinalPhaseAreNotFinal() {
    assertThat(unknown(LOST, ADDS + read("p8@n1", "[1,3]") + FINAL)).contains("no ok read");
    unknown(LOST, "p8 invoke read key=s\np8 ok read key=s []\n" + ADDS);
  }

  @Test
  void nothingAcknowledgedIsNothingExamined() {
    valid(LOST, 0, read("p8@n1", "[]"));
  }

  @Test
  void whatNobodyAddedWasRefusedComesTooEarlyOrTwiceIsAPhantom() {
    valid(PHANTOM, 3, ADDS + read("p8", "[1,2,3]"));
    invalid(PHANTOM, "never-added", ADDS + read("p8", "[1,9]"));
    invalid(PHANTOM, "refused", ADDS + read("p8", "[4]"));
    invalid(PHANTOM, "too-early", read("p8", "[1]") + ADDS);
    invalid(PHANTOM, "twice", ADDS + read("p8", "[1,3,1]"));
  }

  @Test
  void aReadThatBeganBeforeMayShowTheElementOrNot() {
    for (String shown : List.of("[]", "[1]")) {
      valid(
          ORDER,
          1,
          """
          p1 invoke read key=s
          p0 invoke add key=s 1
          p0 ok     add key=s
          p1 ok     read key=s %s
          """
              .formatted(shown));
    }
  }

  @Test
  void aReadWithoutWhatWasAcknowledged() {
    invalid(ORDER, "acknowledged-missing", ADDS + read("p8", "[1]"));
  }

  @Test
  void anUnknownElementThatDisappears() {
    valid(ORDER, 2, ADDS + read("p8", "[1,3]") + read("p8", "[1,3,2]"));
    Witness witness =
        invalid(ORDER, "disappeared", ADDS + read("p8", "[1,3,2]") + read("p9", "[1,3]"));
    assertThat(witness.sentence()).contains("lacks 2");
  }

  @Test
  void twoReadsThatEachHaveWhatTheOtherLacks() {
    invalid(
        ORDER,
        "incomparable",
        """
        p0 invoke add key=s 1
        p1 invoke add key=s 2
        p2 invoke read key=s
        p3 invoke read key=s
        p2 ok     read key=s [1]
        p3 ok     read key=s [2]
        """);
  }

  @Test
  void aLaterElementWithoutTheEarlierOne() {
    invalid(
        ORDER,
        "out-of-order",
        """
        p2 invoke read key=s
        p0 invoke add key=s 1
        p0 ok     add key=s
        p1 invoke add key=s 2
        p1 ok     add key=s
        p2 ok     read key=s [2]
        """);
  }

  @Test
  void aRefusedAddIsNotShown() {
    invalid(ORDER, "refused", ADDS + read("p8", "[1,3,4]"));
  }

  /** All histories of up to three adds and reads against every order of their operations. */
  @Test
  void agreesWithTryingEveryOrder() {
    int good = 0;
    int bad = 0;
    for (int seed = 0; seed < 3_000; seed++) {
      String text = random(new Random(seed));
      History history = History.parse(text);
      boolean expected = new EveryOrder(history.operations()).exists();
      Verdict verdict = new SetLinearizable().check(history, Budget.standard());
      assertThat(verdict instanceof Verdict.Valid)
          .as("seed %d%n%s", seed, text)
          .isEqualTo(expected);
      good += expected ? 1 : 0;
      bad += expected ? 0 : 1;
    }
    assertThat(good).isGreaterThan(200);
    assertThat(bad).isGreaterThan(200);
  }

  /** Five operations of four processes, with outcomes and reads drawn at random. */
  private static String random(Random random) {
    List<String> lines = new ArrayList<>();
    List<String> open = new ArrayList<>();
    int added = 0;
    for (int i = 0; i < 5; i++) {
      boolean add = random.nextInt(5) < 3 && added < 3;
      String ask = add ? "add key=s " + ++added : "read key=s";
      lines.add("p%d invoke %s".formatted(i, ask));
      open.add("p%d %%s %s".formatted(i, ask));
      while (!open.isEmpty() && random.nextInt(2) == 0) {
        lines.add(completed(random, open.remove(random.nextInt(open.size()))));
      }
    }
    for (String ask : open) {
      lines.add(completed(random, ask));
    }
    return String.join("\n", lines);
  }

  private static String completed(Random random, String ask) {
    if (ask.contains("read")) {
      List<String> shown = new ArrayList<>();
      for (int e = 1; e <= 3; e++) {
        if (random.nextInt(3) > 0) {
          shown.add(Integer.toString(e));
        }
      }
      return ask.formatted("ok") + " " + shown;
    }
    int outcome = random.nextInt(6);
    return outcome == 0
        ? ask.formatted("info") + " !timeout"
        : outcome == 1 ? ask.formatted("fail") + " !refused" : ask.formatted("ok");
  }
}
