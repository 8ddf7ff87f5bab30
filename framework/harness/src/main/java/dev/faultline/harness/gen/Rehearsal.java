package dev.faultline.harness.gen;

import dev.faultline.history.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Carries a generator out in virtual time against an imagined system, for tests of generators and
 * workloads (the idea is jepsen.generator.test's {@code simulate}). No thread, no clock, no
 * cluster:
 *
 * <pre>{@code
 * Rehearsal rehearsal = Rehearsal.of(3, Rehearsal.okAfter(Duration.ofMillis(10)));
 * List<Rehearsal.Call> calls = rehearsal.run(generator, Duration.ofSeconds(5));
 * assertThat(rehearsal.lines()).startsWith("0.000 c1 invoke read x", "0.010 c1 ok read x");
 * }</pre>
 */
public final class Rehearsal {
  private record Pending(
      long at, long order, Generator.Free client, Generator.Ask ask, Answer answer) {}

  private static final List<Outcome> IN_TURN = List.of(Outcome.OK, Outcome.FAIL, Outcome.INFO);

  private final long seed;
  private final List<Generator.Free> clients;
  private final Function<Call, Answer> system;
  private final List<Call> calls = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();
  private final List<Generator.Free> free = new ArrayList<>();
  private final PriorityQueue<Pending> pending =
      new PriorityQueue<>(Comparator.comparingLong(Pending::at).thenComparingLong(Pending::order));
  private long now;

  /**
   * A rehearsal.
   *
   * @param clients all of them, free at the start
   * @param system what becomes of each call
   */
  public Rehearsal(long seed, List<Generator.Free> clients, Function<Call, Answer> system) {
    this.seed = seed;
    this.clients = List.copyOf(clients);
    this.system = system;
    free.addAll(clients);
  }

  /** With seed 7 and clients {@code c1}, {@code c2}, …; see {@link #clients}. */
  public static Rehearsal of(int clients, Function<Call, Answer> system) {
    return new Rehearsal(7, clients(clients), system);
  }

  /** So many clients with the duty {@code worker}, each pinned to a node of its own. */
  public static List<Generator.Free> clients(int clients) {
    return IntStream.rangeClosed(1, clients)
        .mapToObj(i -> new Generator.Free("c" + i, "n" + i, "worker"))
        .toList();
  }

  /** A call that was made at a time, nanoseconds since the start. */
  public record Call(long time, Generator.Ask ask) {}

  /** How a call ends, so many nanoseconds after it was made. */
  public record Answer(long after, Outcome outcome, @Nullable Object value) {}

  /** Every call is {@code ok}, without a value, after so many nanoseconds. */
  public static Function<Call, Answer> okAfter(long nanos) {
    return call -> new Answer(nanos, Outcome.OK, null);
  }

  /** As {@link #okAfter(long)} (Jepsen: {@code perfect}). */
  public static Function<Call, Answer> okAfter(Duration time) {
    return okAfter(time.toNanos());
  }

  /** Every call ends unknown (Jepsen: {@code perfect-info}). */
  public static Function<Call, Answer> infoAfter(Duration time) {
    return call -> new Answer(time.toNanos(), Outcome.INFO, null);
  }

  /** Each client's calls end ok, failed, unknown, ok, … in turn (Jepsen: {@code imperfect}). */
  public static Function<Call, Answer> imperfectAfter(Duration time) {
    Map<String, Integer> calls = new HashMap<>();
    return call -> {
      int n = calls.merge(call.ask().client(), 1, Integer::sum);
      return new Answer(time.toNanos(), IN_TURN.get((n - 1) % IN_TURN.size()), null);
    };
  }

  /** As {@link #run(Generator, long)}. */
  public List<Call> run(Generator generator, Duration time) {
    return run(generator, time.toNanos());
  }

  /**
   * Runs until the generator is done and everything has completed, or a time is reached.
   *
   * @return the calls that were made, in order
   * @throws IllegalStateException if the generator asks a client that is not free, or waits for
   *     ever with nothing open
   */
  public List<Call> run(Generator generator, long untilNanos) {
    Generator at = generator;
    while (now < untilNanos) {
      Generator.Step step = at.next(context());
      if (step instanceof Generator.Step.Do act) {
        call(act.ask());
        at = act.rest();
        continue;
      }
      boolean done = step instanceof Generator.Step.Done;
      long wake = step instanceof Generator.Step.Wait wait ? wait.until() : Long.MAX_VALUE;
      at = step instanceof Generator.Step.Wait wait ? wait.rest() : Generators.nothing();
      Pending first = pending.peek();
      if (first != null && first.at <= wake) {
        pending.remove();
        now = Math.max(now, first.at);
        at = complete(at, first);
      } else if (done) {
        return calls;
      } else if (wake == Long.MAX_VALUE) {
        throw new IllegalStateException("at " + now + " ns: waits for ever, with nothing open");
      } else if (wake <= now) {
        throw new IllegalStateException("at " + now + " ns: waits until " + wake);
      } else {
        now = wake;
      }
    }
    return calls;
  }

  /** The virtual time, nanoseconds since the start. */
  public long now() {
    return now;
  }

  /** What happened, one line for each invocation and completion: seconds, client, what. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  private void tell(Generator.Ask ask, String what, @Nullable Object value) {
    String key = ask.key() == null ? "" : " " + ask.key();
    String shown = value == null ? "" : " " + value;
    lines.add(
        String.format(
            Locale.ROOT, "%.3f %s %s %s%s%s", now / 1e9, ask.client(), what, ask.f(), key, shown));
  }

  private void call(Generator.Ask ask) {
    Generator.Free client =
        free.stream()
            .filter(f -> f.client().equals(ask.client()))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("at " + now + " ns: not free: " + ask));
    free.remove(client);
    Call call = new Call(now, ask);
    Answer answer = system.apply(call);
    pending.add(new Pending(now + answer.after, calls.size(), client, ask, answer));
    calls.add(call);
    tell(ask, "invoke", ask.value());
  }

  private Generator complete(Generator generator, Pending done) {
    free.add(done.client);
    free.sort(Comparator.comparingInt(clients::indexOf));
    Answer answer = done.answer;
    Generator.Ask ask = done.ask;
    tell(ask, answer.outcome.name().toLowerCase(Locale.ROOT), answer.value);
    return generator.update(
        context(),
        new Generator.Completed(
            ask.client(), ask.f(), ask.key(), ask.value(), answer.outcome, answer.value));
  }

  private Generator.Context context() {
    return new Generator.Context(now, List.copyOf(free), seed);
  }
}
