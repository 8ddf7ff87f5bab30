package dev.faultline.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.history.History;
import dev.faultline.history.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Every mistake that a checker declares is one: found where somebody looked, and only there. */
final class PlantingTest {
  private static final String REGISTER =
      """
      0 p0@n1 invoke write key=x 1
      1 p0@n1 ok write key=x
      2 p0@n1 invoke read key=x
      3 p0@n1 ok read key=x 1
      4 p0@n1 invoke write key=x 2
      5 p0@n1 ok write key=x
      6 p1@n2 invoke read key=x
      7 p1@n2 ok read key=x 2
      8 p1@n2 invoke cas key=x [2,3]
      9 p1@n2 ok cas key=x
      10 p1@n2 invoke read key=x
      11 p1@n2 ok read key=x 3
      """;

  private static final String LEASES =
      """
      0 p0@h1 invoke acquire
      1 p0@h1 ok acquire {"token":1,"ttl":10000000}
      2 p0@h1 invoke write "a"
      3 p0@h1 ok write {"token":1,"position":0}
      4 p0@h1 invoke release
      5 p0@h1 ok release {"token":1}
      6 p1@h2 invoke acquire
      7 p1@h2 ok acquire {"token":2,"ttl":10000000}
      8 p1@h2 invoke write "b"
      9 p1@h2 ok write {"token":2,"position":1}
      10 p1@h2 invoke write "c"
      11 p1@h2 ok write {"token":2,"position":2}
      12 p1@h2 invoke release
      13 p1@h2 ok release {"token":2}
      14 p2@log invoke read
      15 p2@log ok read [[1,"h1","a"],[2,"h2","b"],[2,"h2","c"]]
      """;

  private static final String EVENTS =
      """
      0 n1 event leader {"term":1}
      1 n1 event committed {"index":1,"term":1,"value":"a"}
      2 n2 event committed {"index":1,"term":1,"value":"a"}
      3 n2 event leader {"term":2}
      4 n2 event committed {"index":2,"term":2,"value":"b"}
      5 n1 event committed {"index":2,"term":2,"value":"b"}
      """;

  private static final String COUNTER =
      """
      0 p0@n1 invoke increment
      1 p0@n1 ok increment {"from":0,"to":1}
      2 p1@n2 invoke increment
      3 p1@n2 ok increment {"from":1,"to":2}
      4 p0@n1 invoke read
      5 p0@n1 ok read 2
      """;

  private static final String SET =
      """
      0 p0@n1 invoke add key=s 1
      1 p0@n1 ok add key=s
      2 p1@n2 invoke add key=s 2
      3 p1@n2 ok add key=s
      4 harness event phase {"name":"final"}
      5 p0@n1 invoke read key=s
      6 p0@n1 ok read key=s [1,2]
      7 p1@n2 invoke read key=s
      8 p1@n2 ok read key=s [1,2]
      9 p0@n1 invoke read key=s
      10 p0@n1 ok read key=s [1,2]
      11 p1@n2 invoke read key=s
      12 p1@n2 ok read key=s [1,2]
      """;

  private static final String LOG =
      """
      0 p0@n1 invoke append 11
      1 p0@n1 ok append 0
      2 p0@n1 invoke append 12
      3 p0@n1 ok append 1
      4 harness event phase {"name":"final"}
      5 p0@n1 invoke read 0
      6 p0@n1 ok read [[0,11],[1,12]]
      """;

  private static final Map<String, String> HISTORIES = new LinkedHashMap<>();

  static {
    HISTORIES.put("linearizable", REGISTER);
    HISTORIES.put("fence.resource-order", LEASES);
    HISTORIES.put("lease.token-order", LEASES);
    HISTORIES.put("lease.one-holder-per-token", LEASES);
    HISTORIES.put("lease.minimum-term", LEASES);
    HISTORIES.put("leader.one-per-term", EVENTS);
    HISTORIES.put("log.no-divergent-commit", EVENTS);
    HISTORIES.put("counter.no-lost-update", COUNTER);
    HISTORIES.put("set.no-lost-add", SET);
    HISTORIES.put("set.no-phantom", SET);
    HISTORIES.put("log.no-lost-append", LOG);
  }

  private static Checker checker(String property) {
    return Checkers.create(
        property, property.equals("linearizable") ? Map.of("model", "cas-register") : Map.of());
  }

  @Test
  void everyDeclaredMistakeHasItsHistoryHere() {
    List<String> declaring = new ArrayList<>();
    for (Property property : Checkers.properties()) {
      if (!checker(property.id()).plantings().isEmpty()) {
        declaring.add(property.id());
      }
    }
    assertThat(HISTORIES.keySet()).containsAll(declaring);
  }

  @Test
  void aMistakeIsFoundInAHistoryThatIsRightWithoutIt() {
    HISTORIES.forEach((property, text) -> {
      History history = History.parse(text);
      Checker checker = checker(property);
      assertThat(checker.check(history, Budget.standard()))
          .as(property)
          .isInstanceOf(Verdict.Valid.class);
      assertThat(checker.plantings()).as(property).isNotEmpty();
      for (Planting planting : checker.plantings()) {
        assertThat(caught(checker, planting, history, 40))
            .as(property + ": " + planting.what())
            .isPositive();
      }
    });
  }

  private static int caught(Checker checker, Planting planting, History history, int samples) {
    int caught = 0;
    for (int i = 0; i < samples; i++) {
      History mistaken = planting.planter().plant(history, new SplittableRandom(i));
      caught +=
          mistaken != null && checker.check(mistaken, Budget.standard()) instanceof Verdict.Invalid
              ? 1
              : 0;
    }
    return caught;
  }

  @Test
  void whatNobodyReadIsNotFound() {
    History unread =
        History.parse(
            REGISTER
                .lines()
                .filter(l -> !l.contains("read"))
                .map(l -> l + "\n")
                .reduce("", String::concat));
    Checker checker = checker("linearizable");
    Planting lost = checker.plantings().get(1);
    assertThat(lost.what()).isEqualTo("lost writes");
    assertThat(caught(checker, lost, unread, 40)).isZero();
    assertThat(caught(checker, checker.plantings().get(0), unread, 40)).isZero();
  }

  @Test
  void anOperationThatWasAnsweredLateGoesWithAllOfItsLines() {
    History late =
        History.parse(
            """
            0 p0@h1 invoke release
            1 p1@h2 invoke acquire
            2 p0@h1 info release !timeout
            3 p0@h1 late ok release {"token":1}
            4 p1@h2 ok acquire {"token":2}
            """);
    History without = Planting.without(late, late.operations(op -> op.f().equals("release")));
    assertThat(without.operations()).extracting(Operation::f).containsExactly("acquire");
  }

  @Test
  void theSameNumbersPlantTheSameMistake() {
    Checker checker = checker("linearizable");
    for (Planting planting : checker.plantings()) {
      History first = planting.planter().plant(History.parse(REGISTER), new SplittableRandom(5));
      History again = planting.planter().plant(History.parse(REGISTER), new SplittableRandom(5));
      assertThat(first == null ? List.of() : first.entries())
          .isEqualTo(again == null ? List.of() : again.entries());
    }
  }
}
