package dev.faultline.workloads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.harness.Workload;
import dev.faultline.harness.gen.Rehearsal;
import dev.faultline.harness.gen.Rehearsal.Answer;
import dev.faultline.harness.gen.Rehearsal.Call;
import dev.faultline.history.Outcome;
import dev.faultline.workloads.appendlog.AppendLogWorkload;
import dev.faultline.workloads.bank.BankWorkload;
import dev.faultline.workloads.counter.CounterWorkload;
import dev.faultline.workloads.queue.QueueWorkload;
import dev.faultline.workloads.uniqueids.UniqueIdsWorkload;
import dev.faultline.workloads.watch.WatchWorkload;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What the generators of counters, ids, queues, logs, banks and watches ask. */
final class ObjectsTest {
  private static final long MILLI = 1_000_000;

  private static List<Call> main(Workload workload, String... options) {
    return Rehearsed.of(workload, options(options)).main(Rehearsal.okAfter(2 * MILLI));
  }

  private static Map<String, String> options(String... options) {
    return options.length == 0 ? Map.of() : Map.of(options[0], options[1]);
  }

  private static long share(List<Call> calls, String f) {
    return calls.stream().filter(c -> c.ask().f().equals(f)).count() * 100 / calls.size();
  }

  @Test
  void sharesAreAsAsked() {
    assertThat(share(main(new CounterWorkload()), "read")).isBetween(26L, 34L);
    assertThat(share(main(new QueueWorkload(), "dequeues", "30"), "dequeue")).isBetween(26L, 34L);
    assertThat(share(main(new AppendLogWorkload()), "read")).isBetween(16L, 24L);
    assertThat(share(main(new BankWorkload()), "read")).isBetween(26L, 34L);
    assertThat(share(main(new UniqueIdsWorkload()), "generate")).isEqualTo(100);
  }

  @Test
  void amountsAreBelowNothingOnlyIfAskedFor() {
    assertThat(main(new CounterWorkload()))
        .noneMatch(c -> c.ask().value() instanceof Long n && n < 1);
    List<Call> both = main(new CounterWorkload(), "subtracts", "50");
    assertThat(both).anyMatch(c -> c.ask().value() instanceof Long n && n < 0);
    assertThat(both).noneMatch(c -> c.ask().value() instanceof Long n && n == 0);
  }

  @Test
  void elementsAndValuesAreUnique() {
    for (Workload workload : List.of(new QueueWorkload(), new AppendLogWorkload())) {
      Set<Object> values = new HashSet<>();
      for (Call call : main(workload)) {
        Object value = call.ask().value();
        if (value != null && !call.ask().f().equals("read")) {
          assertThat(values.add(value)).as("%s", call).isTrue();
        }
      }
      assertThat(values.size()).isGreaterThan(500);
    }
  }

  @Test
  void aQueueIsDrainedUntilItIsFoundEmpty() {
    Deque<Object> queue = new ArrayDeque<>(List.of(1L, 2L, 3L));
    List<Call> drain =
        Rehearsed.of(new QueueWorkload(), Map.of())
            .end(call -> new Answer(MILLI, Outcome.OK, queue.pollFirst()));
    assertThat(Rehearsed.tally(drain)).isEqualTo(Map.of("dequeue", 4));
    List<Call> endless =
        Rehearsed.of(new QueueWorkload(), Map.of())
            .end(call -> new Answer(1000 * MILLI, Outcome.INFO, null));
    assertThat(endless).hasSizeBetween(9, 11);
  }

  /** Accounts are opened, each until it is, before anything is transferred. */
  @Test
  void accountsAreOpenedFirst() {
    int[] refusals = {3};
    Function<Call, Answer> system =
        call -> new Answer(MILLI, refusals[0]-- > 0 ? Outcome.INFO : Outcome.OK, null);
    List<Call> calls = Rehearsed.of(new BankWorkload(), Map.of()).main(system);
    assertThat(calls.subList(0, 8)).allMatch(c -> c.ask().f().equals("open"));
    assertThat(calls.subList(8, calls.size())).noneMatch(c -> c.ask().f().equals("open"));
    assertThat(calls)
        .filteredOn(c -> c.ask().f().equals("transfer"))
        .allMatch(c ->
            c.ask().value() instanceof Map<?, ?> map
                && !String.valueOf(map.get("from")).equals(map.get("to")));
  }

  @Test
  void aStreamGoesOnFromWhereItsLastAnswerEnded() {
    long[] last = {0};
    int[] watches = {0};
    List<Call> calls =
        Rehearsed.of(new WatchWorkload(), Map.of())
            .main(call -> {
              if (call.ask().f().equals("put")) {
                return new Answer(MILLI, Outcome.OK, ++last[0]);
              }
              return ++watches[0] % 3 == 0
                  ? new Answer(MILLI, Outcome.INFO, null)
                  : new Answer(MILLI, Outcome.OK, Map.of("events", List.of(), "next", last[0] + 1));
            });
    long from = 0;
    for (Call call : calls) {
      if (call.ask().client().equals("c4") && call.ask().value() instanceof Map<?, ?> map) {
        long next = map.get("from") instanceof Long n ? n : 0;
        assertThat(next).isGreaterThanOrEqualTo(from);
        from = next;
      }
    }
    assertThat(from).isGreaterThan(1_000);
    assertThat(Rehearsed.tally(calls).getOrDefault("put", 0)).isBetween(1_100, 1_300);
  }
}
