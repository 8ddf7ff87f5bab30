package dev.faultline.harness.gen;

import static dev.faultline.harness.gen.Generators.any;
import static dev.faultline.harness.gen.Generators.call;
import static dev.faultline.harness.gen.Generators.concat;
import static dev.faultline.harness.gen.Generators.cycle;
import static dev.faultline.harness.gen.Generators.eachClient;
import static dev.faultline.harness.gen.Generators.every;
import static dev.faultline.harness.gen.Generators.finalReads;
import static dev.faultline.harness.gen.Generators.learning;
import static dev.faultline.harness.gen.Generators.limit;
import static dev.faultline.harness.gen.Generators.mix;
import static dev.faultline.harness.gen.Generators.nothing;
import static dev.faultline.harness.gen.Generators.onClients;
import static dev.faultline.harness.gen.Generators.onDuty;
import static dev.faultline.harness.gen.Generators.once;
import static dev.faultline.harness.gen.Generators.oncePerClient;
import static dev.faultline.harness.gen.Generators.ops;
import static dev.faultline.harness.gen.Generators.perKey;
import static dev.faultline.harness.gen.Generators.phases;
import static dev.faultline.harness.gen.Generators.rate;
import static dev.faultline.harness.gen.Generators.repeat;
import static dev.faultline.harness.gen.Generators.sequence;
import static dev.faultline.harness.gen.Generators.sleep;
import static dev.faultline.harness.gen.Generators.stagger;
import static dev.faultline.harness.gen.Generators.timeLimit;
import static dev.faultline.harness.gen.Generators.untilOk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.harness.gen.Rehearsal.Answer;
import dev.faultline.harness.gen.Rehearsal.Call;
import dev.faultline.history.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GeneratorsTest {
  private static final long MS = 1_000_000;
  private static final long LONG = 1_000_000 * MS;
  private static final List<String> CLIENTS = List.of("c1", "c2", "c3");
  private static final List<Generator.Free> ALL =
      List.of(
          new Generator.Free("c1", "n1", "worker"),
          new Generator.Free("c2", "n2", "worker"),
          new Generator.Free("c3", "n3", "reader"));

  /** Every call is ok after 10 ms. */
  private static List<Call> run(Generator generator) {
    return run(generator, 7, LONG);
  }

  private static List<Call> run(Generator generator, long seed, long until) {
    return new Rehearsal(seed, ALL, Rehearsal.okAfter(10 * MS)).run(generator, until);
  }

  private static List<String> functions(List<Call> calls) {
    return calls.stream().map(c -> c.ask().f()).toList();
  }

  private static List<Long> millis(List<Call> calls) {
    return calls.stream().map(c -> c.time() / MS).toList();
  }

  private static List<String> clients(List<Call> calls) {
    return calls.stream().map(c -> c.ask().client()).toList();
  }

  private static Generator fs(String f) {
    return ops(f, call(f, null, null));
  }

  /** Values drawn at random, so that a disturbed stream shows. */
  private static Generator draws(String path) {
    return ops(
        path,
        (client, random, n) ->
            new Generator.Ask(client.client(), path, null, random.nextLong(1_000_000)));
  }

  private static List<Object> values(List<Call> calls, String f) {
    return calls.stream()
        .filter(c -> c.ask().f().equals(f))
        .map(c -> (Object) Arrays.asList(c.ask().value()))
        .toList();
  }

  @Test
  void aPhaseBeginsWhenEveryOperationOfTheOneBeforeHasCompleted() {
    List<Call> calls = run(phases(limit(4, fs("a")), limit(2, fs("b"))));
    assertThat(functions(calls)).containsExactly("a", "a", "a", "a", "b", "b");
    assertThat(millis(calls)).containsExactly(0L, 0L, 0L, 10L, 20L, 20L);
  }

  @Test
  void aPhaseDoesNotWaitForOperationsOfOthers() {
    Function<Call, Answer> system =
        call -> new Answer(call.ask().f().equals("slow") ? 500 * MS : 10 * MS, Outcome.OK, null);
    Generator others = onClients(List.of("c3"), limit(1, fs("slow")));
    Generator phases = onClients(List.of("c1", "c2"), phases(limit(2, fs("a")), limit(2, fs("b"))));
    List<Call> calls = new Rehearsal(7, ALL, system).run(any(others, phases), LONG);
    assertThat(functions(calls)).containsExactly("slow", "a", "a", "b", "b");
    assertThat(millis(calls)).containsExactly(0L, 0L, 0L, 10L, 10L);
  }

  @Test
  void concatDoesNotWaitForOpenOperations() {
    List<Call> calls = run(concat(limit(1, fs("a")), limit(1, fs("b"))));
    assertThat(millis(calls)).containsExactly(0L, 0L);
  }

  @Test
  void sleepHoldsBackWhatFollows() {
    List<Call> calls =
        run(
            concat(
                once("a", call("a", null, null)),
                sleep(Duration.ofMillis(70)),
                once("b", call("b", null, null))));
    assertThat(millis(calls)).containsExactly(0L, 70L);
  }

  @Test
  void aSequenceWaitsForEachOfItsOperations() {
    List<Call> calls =
        run(sequence("s", List.of(call("a", "k", 1L), call("b", "k", 2L), call("c", null, null))));
    assertThat(functions(calls)).containsExactly("a", "b", "c");
    assertThat(millis(calls)).containsExactly(0L, 10L, 20L);
  }

  @Test
  void mixTakesAllPartsAndGoesOnWithTheRest() {
    List<Call> calls = run(mix("m", limit(100, fs("a")), limit(20, fs("b")), nothing()));
    assertThat(functions(calls)).hasSize(120).filteredOn("b"::equals).hasSize(20);
    assertThat(functions(calls).subList(0, 30)).contains("a", "b");
  }

  @Test
  void mixFollowsItsWeights() {
    List<Call> calls =
        run(
            limit(
                4_000,
                mix(
                    "m",
                    List.of(
                        new Generators.Weighted(3, fs("a")),
                        new Generators.Weighted(1, fs("b"))))));
    assertThat(functions(calls).stream().filter("a"::equals).count()).isBetween(2_850L, 3_150L);
  }

  @Test
  void aMixedPartThatWaitsStarvesNobody() {
    Generator waiting = onClients(List.of("nobody"), fs("a"));
    assertThat(run(limit(50, mix("m", waiting, fs("b"))))).hasSize(50);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void changingOnePartLeavesTheValuesOfOthers(long seed) {
    List<Call> before = run(limit(200, mix("m", draws("a"), draws("b"))), seed, LONG);
    List<Call> after = run(limit(200, mix("m", draws("a"), limit(3, draws("x")))), seed, LONG);
    List<Object> a = values(before, "a");
    assertThat(values(after, "a").subList(0, a.size())).isEqualTo(a);
  }

  @Test
  void valuesDoNotDependOnHowManyClientsAreFree() {
    List<Call> three = run(limit(50, draws("a")));
    List<Call> one = run(onClients(List.of("c2"), limit(50, draws("a"))));
    assertThat(values(one, "a")).isEqualTo(values(three, "a"));
    assertThat(clients(one)).containsOnly("c2");
    assertThat(clients(three)).contains("c1", "c2", "c3");
  }

  @Test
  void theSameSeedGivesTheSameCallsAndAnotherGivesOthers() {
    Generator generator =
        rate("r", 500, mix("m", draws("a"), perKey("k", 2, k -> limit(5, draws("k" + k)))));
    assertThat(run(generator, 1, 1_000 * MS)).isEqualTo(run(generator, 1, 1_000 * MS));
    assertThat(run(generator, 1, 1_000 * MS)).isNotEqualTo(run(generator, 2, 1_000 * MS));
  }

  @Test
  void anyPrefersTheFirstThatHasSomething() {
    Generator readers = onDuty("reader", fs("read"));
    List<Call> calls = run(limit(6, any(readers, fs("write"))));
    assertThat(functions(calls).subList(0, 3)).containsExactly("read", "write", "write");
    assertThat(clients(calls).get(0)).isEqualTo("c3");
  }

  @Test
  void aPaceIsKeptOverAllClients() {
    List<Call> calls = run(rate("r", 100, fs("a")), 7, 20_000 * MS);
    assertThat(calls.size()).isBetween(1_900, 2_100);
  }

  @Test
  void aPaceCatchesUpWithTenOperationsAtMost() {
    Function<Call, Answer> stuckFirst =
        call -> new Answer(call.time() == 0 ? 5_000 * MS : 0, Outcome.OK, null);
    List<Call> calls =
        new Rehearsal(7, ALL.subList(0, 1), stuckFirst)
            .run(stagger("s", Duration.ofMillis(10), fs("a")), 6_000 * MS);
    long burst = calls.stream().filter(c -> c.time() == 5_000 * MS).count();
    assertThat(burst).isBetween(5L, 25L);
  }

  @Test
  void everyKeepsAGapBetweenStarts() {
    List<Call> calls = run(limit(3, every(Duration.ofMillis(50), fs("a"))));
    assertThat(millis(calls)).containsExactly(0L, 50L, 100L);
  }

  @Test
  void aTimeLimitCountsFromWhenItIsFirstAsked() {
    List<Call> calls =
        run(
            concat(
                sleep(Duration.ofMillis(100)),
                timeLimit(Duration.ofMillis(95), every(Duration.ofMillis(30), fs("a")))));
    assertThat(millis(calls)).containsExactly(100L, 130L, 160L, 190L);
  }

  @Test
  void aTimeLimitEndsAPartThatWaitsForEver() {
    Rehearsal rehearsal = new Rehearsal(7, ALL, Rehearsal.okAfter(0));
    Generator stuck = onClients(List.of("nobody"), fs("a"));
    assertThat(rehearsal.run(timeLimit(Duration.ofMillis(40), stuck), LONG)).isEmpty();
    assertThat(rehearsal.now()).isEqualTo(40 * MS);
  }

  @Test
  void keysRotateAndEachIsBounded() {
    List<Call> calls =
        run(
            limit(
                40,
                perKey("keys", 2, k -> limit(5, ops("key/" + k, call("read", "x" + k, null))))));
    Map<Object, Integer> perKey = new HashMap<>();
    List<Integer> width = new ArrayList<>();
    for (Call call : calls) {
      perKey.merge(String.valueOf(call.ask().key()), 1, Integer::sum);
      width.add((int) perKey.values().stream().filter(n -> n < 5).count());
    }
    assertThat(perKey).hasSizeBetween(8, 9);
    assertThat(perKey.values()).allMatch(n -> n <= 5);
    assertThat(width).allMatch(n -> n <= 2);
  }

  @Test
  void keysThatHaveNothingEndTheRotation() {
    assertThat(run(perKey("keys", 2, k -> k < 3 ? limit(4, fs("a")) : nothing()))).hasSize(12);
  }

  @Test
  void eachClientGoesThroughItsOwnSequence() {
    List<Call> calls =
        run(
            eachClient(
                CLIENTS,
                c ->
                    sequence(
                        c, List.of(call("acquire", null, null), call("release", null, null)))));
    assertThat(clients(calls)).containsExactly("c1", "c2", "c3", "c1", "c2", "c3");
    assertThat(functions(calls).subList(0, 3)).containsOnly("acquire");
    assertThat(functions(calls).subList(3, 6)).containsOnly("release");
  }

  @Test
  void clientsTakeTurnsUnderACommonPace() {
    List<Call> calls = run(limit(30, rate("r", 10, eachClient(CLIENTS, c -> fs("a")))));
    assertThat(clients(calls)).filteredOn("c3"::equals).hasSize(10);
  }

  @Test
  void eachClientWaitsForOneThatIsNotFreeYet() {
    Generator busy = onClients(List.of("c2"), limit(1, fs("busy")));
    List<Call> calls = run(concat(busy, oncePerClient("r", CLIENTS, call("read", null, null))));
    assertThat(clients(calls)).containsExactly("c2", "c1", "c3", "c2");
  }

  @Test
  void roundsFollowEachOther() {
    Generator rounds = repeat(3, i -> phases(limit(1, fs("a" + i)), limit(1, fs("b" + i))));
    assertThat(functions(run(rounds))).containsExactly("a0", "b0", "a1", "b1", "a2", "b2");
    assertThat(functions(run(limit(5, cycle(i -> limit(2, fs("a" + i)))))))
        .containsExactly("a0", "a0", "a1", "a1", "a2");
    assertThat(run(cycle(i -> nothing()))).isEmpty();
  }

  @Test
  void untilOkTriesAgainAndThenStops() {
    List<Outcome> outcomes = List.of(Outcome.INFO, Outcome.FAIL, Outcome.OK);
    List<Call> seen = new ArrayList<>();
    Function<Call, Answer> system =
        call -> {
          seen.add(call);
          return new Answer(10 * MS, outcomes.get(seen.size() - 1), null);
        };
    assertThat(new Rehearsal(7, ALL, system).run(untilOk(fs("read")), LONG)).hasSize(3);
    assertThat(millis(seen)).containsExactly(0L, 10L, 20L);
  }

  @Test
  void finalReadsComeFromEveryClientForEveryKeyWithinTheirTries() {
    Function<Call, Answer> system =
        call -> new Answer(MS, call.ask().client().equals("c2") ? Outcome.INFO : Outcome.OK, null);
    List<Call> calls =
        new Rehearsal(7, ALL, system)
            .run(finalReads(CLIENTS, "read", List.of("x1", "x2"), 4, Duration.ofMillis(100)), LONG);
    Map<String, Integer> perClientAndKey = new HashMap<>();
    calls.forEach(c -> perClientAndKey.merge(c.ask().client() + c.ask().key(), 1, Integer::sum));
    assertThat(perClientAndKey)
        .isEqualTo(Map.of("c1x1", 1, "c1x2", 1, "c2x1", 4, "c2x2", 4, "c3x1", 1, "c3x2", 1));
  }

  @Test
  void learningSeesWhatCompleted() {
    Generator counting =
        learning(
            "l",
            0L,
            (Long last, Generator.Free client, java.util.random.RandomGenerator random, long n) ->
                last >= 30 ? null : new Generator.Ask(client.client(), "inc", null, last),
            (last, done) -> done.output() instanceof Long value ? value : last);
    List<Call> seen = new ArrayList<>();
    Function<Call, Answer> system =
        call -> {
          seen.add(call);
          return new Answer(MS, Outcome.OK, 10L * seen.size());
        };
    new Rehearsal(7, ALL.subList(0, 1), system)
        .run(timeLimit(Duration.ofSeconds(1), counting), LONG);
    assertThat(seen).extracting(c -> c.ask().value()).containsExactly(0L, 10L, 20L);
  }

  @Test
  void generatorsAreValues() {
    Generator generator = limit(3, mix("m", draws("a"), draws("b")));
    List<Call> first = run(generator);
    assertThat(run(generator)).isEqualTo(first).hasSize(3);
  }

  @Test
  void theRehearsalSaysWhenAGeneratorIsStuck() {
    assertThatThrownBy(() -> run(onClients(List.of("nobody"), fs("a"))))
        .hasMessageContaining("waits for ever");
  }
}
