package dev.faultline.harness.gen;

import dev.faultline.history.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Carries a generator out in virtual time against an imagined system, for tests of generators and
 * workloads (the idea is jepsen.generator.test's {@code simulate}). No thread, no clock.
 */
public final class Rehearsal {
  private record Pending(
      long at, long order, Generator.Free client, Generator.Ask ask, Answer answer) {}

  private final long seed;
  private final List<Generator.Free> clients;
  private final Function<Call, Answer> system;
  private final List<Call> calls = new ArrayList<>();
  private final List<Generator.Free> free = new ArrayList<>();
  private final PriorityQueue<Pending> pending =
      new PriorityQueue<>(Comparator.comparingLong(Pending::at).thenComparing(Pending::order));
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

  /** A call that was made at a time, nanoseconds since the start. */
  public record Call(long time, Generator.Ask ask) {}

  /** How a call ends, so many nanoseconds after it was made. */
  public record Answer(long after, Outcome outcome, @Nullable Object value) {}

  /** Every call is {@code ok}, without a value, after so many nanoseconds. */
  public static Function<Call, Answer> okAfter(long nanos) {
    return call -> new Answer(nanos, Outcome.OK, null);
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
  }

  private Generator complete(Generator generator, Pending done) {
    free.add(done.client);
    free.sort(Comparator.comparingInt(clients::indexOf));
    Answer answer = done.answer;
    Generator.Ask ask = done.ask;
    return generator.update(
        context(),
        new Generator.Completed(
            ask.client(), ask.f(), ask.key(), ask.value(), answer.outcome, answer.value));
  }

  private Generator.Context context() {
    return new Generator.Context(now, List.copyOf(free), seed);
  }
}
