package dev.faultline.harness.gen;

import static dev.faultline.harness.gen.Generators.arrivals;
import static dev.faultline.harness.gen.Generators.call;
import static dev.faultline.harness.gen.Generators.cycleTimes;
import static dev.faultline.harness.gen.Generators.eachProcess;
import static dev.faultline.harness.gen.Generators.every;
import static dev.faultline.harness.gen.Generators.filter;
import static dev.faultline.harness.gen.Generators.flipFlop;
import static dev.faultline.harness.gen.Generators.inFlight;
import static dev.faultline.harness.gen.Generators.limit;
import static dev.faultline.harness.gen.Generators.map;
import static dev.faultline.harness.gen.Generators.mix;
import static dev.faultline.harness.gen.Generators.onClients;
import static dev.faultline.harness.gen.Generators.ops;
import static dev.faultline.harness.gen.Generators.rate;
import static dev.faultline.harness.gen.Generators.repeat;
import static dev.faultline.harness.gen.Generators.reserve;
import static dev.faultline.harness.gen.Generators.sequence;
import static dev.faultline.harness.gen.Generators.shortestAny;
import static dev.faultline.harness.gen.Generators.timeLimit;
import static dev.faultline.harness.gen.Generators.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.harness.gen.Generator.Ask;
import dev.faultline.harness.gen.Generators.Timed;
import dev.faultline.harness.gen.Generators.Weighted;
import dev.faultline.harness.gen.Rehearsal.Call;
import dev.faultline.history.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is composed of others, and load. */
final class AlgebraTest {
  private static final Duration TICK = Duration.ofMillis(10);
  private static final Duration LONG = Duration.ofMinutes(10);

  private static Generator numbered(String f) {
    return ops(f, (client, random, n) -> new Ask(client.client(), f, null, n));
  }

  private static List<Call> run(int clients, Generator generator, Duration time) {
    return Rehearsal.of(clients, Rehearsal.okAfter(TICK)).run(generator, time);
  }

  private static String functions(List<Call> calls) {
    return String.join("", calls.stream().map(c -> c.ask().f()).toList());
  }

  private static Map<String, Long> tally(List<Call> calls) {
    Map<String, Long> tally = new TreeMap<>();
    calls.forEach(c -> tally.merge(c.ask().f(), 1L, Long::sum));
    return tally;
  }

  @Test
  void flipFlopTakesTurnsAndEndsWithTheOneWhoseTurnItIs() {
    assertThat(functions(run(2, flipFlop(limit(3, numbered("a")), numbered("b")), LONG)))
        .isEqualTo("ababab");
  }

  @Test
  void theShortestEndsAll() {
    assertThat(functions(run(1, shortestAny(limit(3, numbered("a")), numbered("b")), LONG)))
        .isEqualTo("aaa");
  }

  @Test
  void reservedClientsDoNothingElse() {
    Generator generator =
        reserve(
            "kept",
            List.of("c1", "c2", "c3"),
            List.of(new Weighted(1, limit(20, numbered("w")))),
            limit(20, numbered("r")));
    List<Call> calls = run(3, generator, LONG);
    assertThat(tally(calls)).isEqualTo(Map.of("w", 20L, "r", 20L));
    assertThat(calls).allMatch(c -> c.ask().client().equals("c1") == c.ask().f().equals("w"));
  }

  @Test
  void eachProcessBeginsAnew() {
    Rehearsal rehearsal = Rehearsal.of(1, Rehearsal.imperfectAfter(TICK));
    List<Call> calls =
        rehearsal.run(
            eachProcess(
                List.of("c1"),
                (c, n) ->
                    sequence(c + n, List.of(call("a" + n, null, null), call("b", null, null)))),
            Duration.ofMillis(75));
    // Ok, failed; then nothing is left of the first process, which ended with neither unknown.
    assertThat(functions(calls)).isEqualTo("a0b");
    Rehearsal crashing = Rehearsal.of(1, Rehearsal.infoAfter(TICK));
    crashing.run(
        eachProcess(List.of("c1"), (c, n) -> limit(2, numbered("f" + n))), Duration.ofMillis(25));
    assertThat(crashing.lines())
        .containsExactly(
            "0.000 c1 invoke f0 0",
            "0.010 c1 info f0",
            "0.010 c1 invoke f1 0",
            "0.020 c1 info f1",
            "0.020 c1 invoke f2 0",
            "0.030 c1 info f2");
  }

  @Test
  void noMoreThanSoManyAreOpen() {
    List<Call> calls = run(5, inFlight(2, limit(10, numbered("a"))), LONG);
    Map<Long, Long> at = new TreeMap<>();
    calls.forEach(c -> at.merge(c.time(), 1L, Long::sum));
    assertThat(at).hasSize(5).allSatisfy((time, n) -> assertThat(n).isEqualTo(2));
  }

  @Test
  void operationsAreAlteredOrLeftOut() {
    Generator even =
        filter(
            ask -> ask.value() instanceof Long n && n % 2 == 0,
            limit(6, map(ask -> new Ask(ask.client(), "put", "k", ask.value()), numbered("a"))));
    assertThat(run(1, even, LONG).stream().map(c -> c.ask().key() + "=" + c.ask().value()))
        .containsExactly("k=0", "k=2", "k=4");
    assertThatThrownBy(() -> run(1, filter(ask -> false, numbered("a")), LONG))
        .hasMessageContaining("were not wanted");
  }

  @Test
  void partsTakeTurnsByTimeAndGoOnWhereTheyWere() {
    Generator generator =
        timeLimit(
            Duration.ofMillis(400),
            cycleTimes(
                List.of(
                    new Timed(Duration.ofMillis(100), every(Duration.ofMillis(20), numbered("a"))),
                    new Timed(Duration.ofMillis(100), limit(3, numbered("b"))))));
    List<Call> calls = run(1, generator, LONG);
    assertThat(functions(calls)).isEqualTo("aaaaabbbaaaaa");
    assertThat(calls.get(8).time()).isEqualTo(Duration.ofMillis(200).toNanos());
    assertThat(calls.get(8).ask().value()).isEqualTo(5L);
  }

  @Test
  void untilSomethingHasHappened() {
    Generator generator = until(done -> done.input() instanceof Long n && n == 3, numbered("a"));
    assertThat(run(3, generator, LONG)).hasSize(4);
  }

  /** One that is slow makes others late; how late is known. */
  @Test
  void arrivalsWaitForNobodyAndNothingIsForgotten() {
    Duration slow = Duration.ofMillis(500);
    Rehearsal rehearsal =
        Rehearsal.of(
            1,
            call ->
                new Rehearsal.Answer(
                    (call.ask().value() instanceof Long n && n == 10 ? slow : TICK.dividedBy(10))
                        .toNanos(),
                    Outcome.OK,
                    null));
    List<Call> calls = rehearsal.run(arrivals("p", 100, numbered("a")), Duration.ofSeconds(2));
    assertThat(calls).hasSizeBetween(170, 230);
    List<Long> waited = calls.stream().map(c -> c.time() - c.ask().intended()).toList();
    assertThat(waited.subList(0, 10)).allMatch(ns -> ns == 0);
    assertThat(waited.get(11)).isGreaterThan(Duration.ofMillis(450).toNanos());
    assertThat(waited.get(waited.size() - 1)).isLessThan(Duration.ofMillis(5).toNanos());
    assertThat(waited).noneMatch(ns -> ns < 0);
  }

  @Test
  void aPaceForgetsAllButTen() {
    Rehearsal rehearsal = Rehearsal.of(1, Rehearsal.okAfter(Duration.ofMillis(100)));
    List<Call> calls = rehearsal.run(rate("p", 100, numbered("a")), Duration.ofSeconds(2));
    assertThat(calls).hasSize(20);
    assertThat(calls)
        .allMatch(c -> c.time() - c.ask().intended() <= Duration.ofMillis(220).toNanos());
  }

  /** A stream depends on its own path and count, whatever is put beside or around it. */
  @Test
  void editingOneGeneratorLeavesTheStreamsOfOthers() {
    Generator a =
        ops("a", (client, random, n) -> new Ask(client.client(), "a", null, random.nextLong()));
    Generator b =
        ops("b", (client, random, n) -> new Ask(client.client(), "b", null, random.nextLong()));
    List<Generator> around =
        List.of(
            limit(50, a),
            onClients(List.of("c1"), limit(50, a)),
            mix("m", limit(50, a), limit(70, b)),
            flipFlop(limit(50, a), map(x -> x, limit(60, b))),
            rate("r", 1_000, limit(50, a)),
            repeat(1, i -> limit(50, a)),
            inFlight(1, limit(50, a)));
    List<List<Object>> streams =
        around.stream()
            .map(g ->
                run(3, g, LONG).stream()
                    .filter(c -> c.ask().f().equals("a"))
                    .map(c -> (Object) String.valueOf(c.ask().value()))
                    .toList())
            .toList();
    assertThat(streams).allSatisfy(s -> assertThat(s).hasSize(50).isEqualTo(streams.get(0)));
  }
}
