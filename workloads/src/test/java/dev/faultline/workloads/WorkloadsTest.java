package dev.faultline.workloads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.harness.Setup;
import dev.faultline.harness.Target;
import dev.faultline.harness.Workload;
import dev.faultline.harness.gen.Generator.Free;
import dev.faultline.harness.gen.Rehearsal;
import dev.faultline.harness.gen.Rehearsal.Answer;
import dev.faultline.harness.gen.Rehearsal.Call;
import dev.faultline.history.Outcome;
import dev.faultline.workloads.fencedlog.FencedLogWorkload;
import dev.faultline.workloads.lockedcounter.LockedCounterWorkload;
import dev.faultline.workloads.register.RegisterWorkload;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class WorkloadsTest {
  private static final long SECOND = 1_000_000_000;

  private static Workload.Plan plan(
      Workload workload, Map<String, String> options, Map<String, String> members) {
    Map<String, String> all = new HashMap<>();
    workload.options().forEach(o -> all.put(o.name(), o.defaultValue()));
    all.putAll(options);
    return new Workload.Plan(
        new Setup("correct", "sim", all, 0, 0, 0, Duration.ofSeconds(20), 7),
        members,
        new Target.Timing(Duration.ofSeconds(1), Duration.ofSeconds(5)));
  }

  private static Map<String, String> three() {
    Map<String, String> members = new LinkedHashMap<>();
    List.of("n1", "n2", "n3").forEach(n -> members.put(n, "node"));
    return members;
  }

  private static Map<String, String> leases() {
    Map<String, String> members = new LinkedHashMap<>();
    members.put("server", "server");
    members.put("log", "log");
    List.of("h1", "h2", "h3").forEach(n -> members.put(n, "holder"));
    return members;
  }

  private static List<Call> rehearse(
      Workload workload, Workload.Plan plan, Function<Call, Answer> system, long seconds) {
    List<Free> clients =
        workload.clients(plan).stream().map(c -> new Free(c.id(), c.node(), c.duty())).toList();
    return new Rehearsal(plan.setup().seed(), clients, system)
        .run(workload.generator(plan), seconds * SECOND);
  }

  /** Every call is ok after 2 ms; a read returns what was written last. */
  private static Function<Call, Answer> registers() {
    Map<Object, Object> values = new HashMap<>();
    return call -> {
      Object key = String.valueOf(call.ask().key());
      Object value = call.ask().value();
      if (value instanceof List<?> pair) {
        boolean same = pair.get(0).equals(values.get(key));
        if (same) {
          values.put(key, pair.get(1));
        }
        return new Answer(2_000_000, same ? Outcome.OK : Outcome.FAIL, null);
      }
      if (value != null) {
        values.put(key, value);
      }
      return new Answer(2_000_000, Outcome.OK, value == null ? values.get(key) : null);
    };
  }

  @Test
  void registersGetBoundedOperationsWithFreshValuesAndCasMostlySucceeds() {
    RegisterWorkload workload = new RegisterWorkload();
    int[] cas = {0, 0};
    Function<Call, Answer> system = registers();
    List<Call> calls =
        rehearse(
            workload,
            plan(workload, Map.of(), three()),
            call -> {
              Answer answer = system.apply(call);
              if (call.ask().f().equals("cas")) {
                cas[answer.outcome() == Outcome.OK ? 1 : 0]++;
              }
              return answer;
            },
            20);
    assertThat(calls).hasSizeBetween(2_000, 4_000);
    Map<Object, Integer> perKey = new HashMap<>();
    Set<Object> written = new HashSet<>();
    for (Call call : calls) {
      perKey.merge(String.valueOf(call.ask().key()), 1, Integer::sum);
      Object value = call.ask().value() instanceof List<?> pair ? pair.get(1) : call.ask().value();
      if (value != null) {
        assertThat(written.add(call.ask().key() + "=" + value)).as("%s", call).isTrue();
      }
    }
    assertThat(perKey.values()).allMatch(n -> n <= 80);
    assertThat(perKey.size()).isGreaterThan(20);
    assertThat(cas[1]).isGreaterThan(cas[0]);
  }

  @Test
  void theSameSeedGivesTheSameOperations() {
    RegisterWorkload workload = new RegisterWorkload();
    Workload.Plan plan = plan(workload, Map.of(), three());
    assertThat(rehearse(workload, plan, registers(), 5))
        .isEqualTo(rehearse(workload, plan, registers(), 5));
  }

  @Test
  void withoutCasNothingIsComparedAndTheShareOfWritesIsAsAsked() {
    RegisterWorkload workload = new RegisterWorkload();
    Workload.Plan plan = plan(workload, Map.of("cas", "false", "writes", "10"), three());
    List<Call> calls = rehearse(workload, plan, registers(), 20);
    assertThat(calls).noneMatch(c -> c.ask().f().equals("cas"));
    long writes = calls.stream().filter(c -> c.ask().f().equals("write")).count();
    assertThat(writes * 100 / calls.size()).isBetween(7L, 13L);
  }

  @Test
  void anOptionOutOfRangeIsNamed() {
    RegisterWorkload workload = new RegisterWorkload();
    Workload.Plan plan = plan(workload, Map.of("writes", "101"), three());
    assertThatThrownBy(() -> workload.generator(plan))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("-o writes=101: want a whole number from 0 to 100");
  }

  /** A lease without a clock: granted to who asks while nobody has it. */
  private static Function<Call, Answer> lease(Outcome renewals) {
    String[] holder = {""};
    long[] token = {0};
    return call -> {
      String f = call.ask().f();
      String client = call.ask().client();
      if (f.equals("acquire")) {
        if (!holder[0].isEmpty() && !holder[0].equals(client)) {
          return new Answer(1_000_000, Outcome.FAIL, null);
        }
        holder[0] = client;
        return new Answer(1_000_000, Outcome.OK, Map.of("token", ++token[0]));
      }
      if (f.equals("release")) {
        holder[0] = "";
      }
      return switch (f) {
        case "write" -> new Answer(120_000_000, Outcome.OK, null);
        case "renew" -> new Answer(1_000_000, renewals, null);
        default -> new Answer(1_000_000, Outcome.OK, null);
      };
    };
  }

  @Test
  void holdersTakeTurnsWriteThreeToFiveTimesAndAreWatched() {
    FencedLogWorkload workload = new FencedLogWorkload();
    List<Call> calls =
        rehearse(workload, plan(workload, Map.of(), leases()), lease(Outcome.OK), 20);
    Set<String> releasers = new TreeSet<>();
    int writes = 0;
    Set<Object> payloads = new HashSet<>();
    for (Call call : calls) {
      if (call.ask().f().equals("write")) {
        writes++;
        assertThat(payloads.add(String.valueOf(call.ask().value()))).isTrue();
      } else if (call.ask().f().equals("release")) {
        assertThat(writes).isBetween(3, 5);
        writes = 0;
        releasers.add(call.ask().client());
      }
    }
    assertThat(releasers).hasSize(3);
    assertThat(calls.stream().filter(c -> c.ask().f().equals("held?")).count())
        .isBetween(1_100L, 1_203L);
    assertThat(calls).anyMatch(c -> c.ask().f().equals("renew"));
  }

  @Test
  void aHolderWhoseRenewalHadNoAnswerDoesNotRelease() {
    FencedLogWorkload workload = new FencedLogWorkload();
    List<Call> calls =
        rehearse(workload, plan(workload, Map.of(), leases()), lease(Outcome.INFO), 20);
    // A hold of three quick writes needs no renewal; then it does release.
    boolean renewed = false;
    for (Call call : calls) {
      switch (call.ask().f()) {
        case "acquire" -> renewed = false;
        case "renew" -> renewed = true;
        case "release" -> assertThat(renewed).isFalse();
        default -> {}
      }
    }
    assertThat(calls).anyMatch(c -> c.ask().f().equals("renew"));
  }

  @Test
  void theLogIsReadAtTheEnd() {
    FencedLogWorkload workload = new FencedLogWorkload();
    Workload.Plan plan = plan(workload, Map.of(), leases());
    List<Free> clients =
        workload.clients(plan).stream().map(c -> new Free(c.id(), c.node(), c.duty())).toList();
    List<Call> calls =
        new Rehearsal(1, clients, Rehearsal.okAfter(1_000))
            .run(workload.finalGenerator(plan), SECOND);
    assertThat(calls).hasSize(1);
    assertThat(calls.get(0).ask().f()).isEqualTo("read");
    assertThat(calls.get(0).ask().client()).isEqualTo("c7");
  }

  @Test
  void everyClientIncrements() {
    LockedCounterWorkload workload = new LockedCounterWorkload();
    List<Call> calls =
        rehearse(workload, plan(workload, Map.of(), three()), Rehearsal.okAfter(150_000_000), 10);
    Set<String> clients = new TreeSet<>();
    calls.forEach(c -> clients.add(c.ask().client()));
    assertThat(clients).containsExactly("c1", "c2", "c3");
    assertThat(calls).allMatch(c -> c.ask().f().equals("increment"));
  }
}
