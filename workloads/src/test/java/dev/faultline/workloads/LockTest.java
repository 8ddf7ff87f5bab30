package dev.faultline.workloads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.harness.gen.Rehearsal.Answer;
import dev.faultline.harness.gen.Rehearsal.Call;
import dev.faultline.history.Outcome;
import dev.faultline.workloads.lock.LockWorkload;
import dev.faultline.workloads.register.CasRegisterWorkload;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class LockTest {
  private static final long MILLI = 1_000_000;

  /** A lock that is lost at some question of its holder, if that is asked. */
  private static Function<Call, Answer> lock(int lostAt) {
    String[] holder = {""};
    int[] questions = {0};
    return call -> {
      String client = call.ask().client();
      boolean mine = holder[0].equals(client);
      String f = call.ask().f();
      if (f.equals("acquire")) {
        boolean free = holder[0].isEmpty();
        holder[0] = free ? client : holder[0];
        return new Answer(MILLI, free ? Outcome.OK : Outcome.FAIL, null);
      }
      boolean lost = f.equals("held?") && ++questions[0] == lostAt;
      holder[0] = mine && (lost || f.equals("release")) ? "" : holder[0];
      return f.equals("held?")
          ? new Answer(MILLI, Outcome.OK, Map.of("held", mine && !lost))
          : new Answer(MILLI, mine ? Outcome.OK : Outcome.FAIL, null);
    };
  }

  @Test
  void clientsHoldInTurnAndAreAskedAllThatTime() {
    List<Call> calls = Rehearsed.of(new LockWorkload(), Map.of()).main(lock(-1));
    Set<String> holders = new TreeSet<>();
    int questions = 0;
    for (Call call : calls) {
      if (call.ask().f().equals("held?")) {
        questions++;
      } else if (call.ask().f().equals("release")) {
        assertThat(questions).isBetween(9, 11);
        questions = 0;
        holders.add(call.ask().client());
      }
    }
    assertThat(holders).containsExactly("c1", "c2", "c3");
    assertThat(Rehearsed.tally(calls).getOrDefault("release", 0)).isGreaterThan(25);
  }

  @Test
  void whoLostItReleasesAtOnceAndOthersGoOn() {
    List<Call> calls = Rehearsed.of(new LockWorkload(), Map.of()).main(lock(3));
    long questions =
        calls.stream()
            .takeWhile(c -> !c.ask().f().equals("release"))
            .filter(c -> c.ask().f().equals("held?"))
            .count();
    assertThat(questions).isEqualTo(3);
    assertThat(Rehearsed.tally(calls).getOrDefault("release", 0)).isGreaterThan(25);
  }

  @Test
  void aQuarterOfTheOperationsOnCasRegistersCompareOnceAValueIsKnown() {
    List<Call> calls =
        Rehearsed.of(new CasRegisterWorkload(), Map.of())
            .main(call -> new Answer(MILLI, Outcome.OK, null));
    assertThat(Rehearsed.tally(calls).getOrDefault("cas", 0) * 100 / calls.size())
        .isBetween(15, 30);
  }
}
