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

  private static final String QUEUE =
      """
      0 p0@n1 invoke enqueue key=q 1
      1 p0@n1 ok enqueue key=q
      2 p0@n1 invoke enqueue key=q 2
      3 p0@n1 ok enqueue key=q
      4 p1@n2 invoke dequeue key=q
      5 p1@n2 ok dequeue key=q 1
      6 p1@n2 invoke dequeue key=q
      7 p1@n2 ok dequeue key=q 2
      8 p1@n2 invoke dequeue key=q
      9 p1@n2 ok dequeue key=q
      """;

  private static final String AMOUNTS =
      """
      0 p0@n1 invoke add key=k 5
      1 p0@n1 ok add key=k
      2 p1@n2 invoke read key=k
      3 p1@n2 ok read key=k 5
      """;

  private static final String IDS =
      """
      0 p0@n1 invoke generate
      1 p0@n1 ok generate "a"
      2 p1@n2 invoke generate
      3 p1@n2 ok generate "b"
      """;

  private static final String BANK =
      """
      0 p0@n1 invoke open {"account":"a1","balance":10}
      1 p0@n1 ok open
      2 p0@n1 invoke open {"account":"a2","balance":10}
      3 p0@n1 ok open
      4 p0@n1 invoke transfer {"from":"a1","to":"a2","amount":3}
      5 p0@n1 ok transfer
      6 p1@n2 invoke read
      7 p1@n2 ok read {"a1":7,"a2":13}
      """;

  private static final String WATCH =
      """
      0 p0@n1 invoke put key=a 1
      1 p0@n1 ok put key=a 1
      2 p0@n1 invoke put key=b 2
      3 p0@n1 ok put key=b 2
      4 p1@n2 invoke watch {"from":1}
      5 p1@n2 ok watch {"events":[[1,"a",1],[2,"b",2]],"next":3}
      """;

  private static final String LOCK =
      """
      0 p0@n1 invoke acquire key=l
      1 p0@n1 ok acquire key=l
      2 p1@n2 invoke acquire key=l
      3 p1@n2 fail acquire key=l !held
      4 p1@n2 invoke acquire key=l
      5 p1@n2 fail acquire key=l !held
      6 p0@n1 invoke held? key=l
      7 p0@n1 ok held? key=l {"held":true}
      8 p0@n1 invoke release key=l
      9 p0@n1 ok release key=l
      """;

  /** Asking for it waits, and so does who asks. */
  private static final String WAITING =
      """
      0 p0@n1 invoke acquire key=l
      1 p0@n1 ok acquire key=l
      2 p1@n2 invoke acquire key=l
      3 p0@n1 invoke held? key=l
      4 p0@n1 ok held? key=l {"held":true}
      5 p0@n1 invoke release key=l
      6 p0@n1 ok release key=l
      7 p1@n2 ok acquire key=l
      8 p1@n2 invoke held? key=l
      9 p1@n2 ok held? key=l {"held":true}
      """;

  private static final String BELIEFS =
      """
      0 p0@h1 invoke acquire
      1 p0@h1 ok acquire {"token":1,"ttl":10000000}
      2 p1@h2 invoke held?
      3 p1@h2 ok held? {"held":false}
      4 p1@h2 invoke held?
      5 p1@h2 ok held? {"held":false}
      6 p0@h1 invoke held?
      7 p0@h1 ok held? {"held":true,"token":1}
      8 p0@h1 invoke release
      9 p0@h1 ok release {"token":1}
      """;

  private static final String ELECTION =
      """
      0 p0@n1 invoke leader?
      1 p0@n1 ok leader? {"leader":true,"term":1,"who":"n1"}
      2 p1@n2 invoke leader?
      3 p1@n2 ok leader? {"leader":false,"who":"n2"}
      4 p1@n2 invoke leader?
      5 p1@n2 ok leader? {"leader":false,"who":"n2"}
      6 p0@n1 invoke leader?
      7 p0@n1 ok leader? {"leader":true,"term":1,"who":"n1"}
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
    HISTORIES.put("set.linearizable", SET);
    for (String property :
        List.of("no-lost-append", "agreement", "order", "no-phantom", "no-duplicate", "no-hole")) {
      HISTORIES.put("log." + property, LOG);
    }
    for (String property :
        List.of("no-lost", "no-phantom", "no-duplicate", "fifo", "no-false-empty")) {
      HISTORIES.put("queue." + property, QUEUE);
    }
    HISTORIES.put("counter.within-bounds", AMOUNTS);
    HISTORIES.put("ids.unique", IDS);
    HISTORIES.put("bank.total", BANK);
    for (String property : List.of("order", "no-gap", "faithful")) {
      HISTORIES.put("watch." + property, WATCH);
    }
    HISTORIES.put("lock.exclusive", LOCK);
    HISTORIES.put("lease.belief-exclusive", BELIEFS);
    HISTORIES.put("leader.no-overlapping-belief", ELECTION);
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
  void anAcquireThatWaitedIsAnsweredAtOnce() {
    Checker checker = checker("lock.exclusive");
    History history = History.parse(WAITING);
    assertThat(checker.check(history, Budget.standard())).isInstanceOf(Verdict.Valid.class);
    assertThat(caught(checker, checker.plantings().get(0), history, 5)).isEqualTo(5);
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
