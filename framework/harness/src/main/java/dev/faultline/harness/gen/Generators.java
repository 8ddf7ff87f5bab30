package dev.faultline.harness.gen;

import dev.faultline.harness.gen.Generator.Ask;
import dev.faultline.harness.gen.Generator.Completed;
import dev.faultline.harness.gen.Generator.Free;
import dev.faultline.history.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Makes generators and puts them together. What draws random numbers takes a {@code path}: a stable
 * name, unique within the workload, that keys its draws, so that editing one part leaves the draws
 * of all others as they were. The algebra is that of jepsen/generator.clj; named below where a part
 * has another name there.
 */
public final class Generators {
  private Generators() {}

  /** Makes the operation number {@code n} (from 0) of a stream, for a client that is free. */
  @FunctionalInterface
  public interface Maker {
    Ask make(Free client, RandomGenerator random, long n);
  }

  /** As {@link Maker}, from what was learned; null if this client has nothing to do now. */
  @FunctionalInterface
  public interface Asker<S> {
    @Nullable Ask ask(S learned, Free client, RandomGenerator random, long n);
  }

  /** A maker of the same operation each time. */
  public static Maker call(String f, @Nullable Object key, @Nullable Object value) {
    return (client, random, n) -> new Ask(client.client(), f, key, value);
  }

  /** Operations without end, each for a free client drawn at random (Jepsen: a function). */
  public static Generator ops(String path, Maker maker) {
    return new Ops<>(
        path, 0, 0, (none, client, random, n) -> maker.make(client, random, n), (none, c) -> none);
  }

  /**
   * Operations without end that depend on how earlier ones ended (Jepsen: {@code on-update}). Hears
   * every completion, also those of operations that others asked. When no free client has anything
   * to do, it waits for the next completion.
   */
  public static <S> Generator learning(
      String path, S initial, Asker<S> asker, BiFunction<S, Completed, S> learn) {
    return new Ops<>(path, 0, initial, asker, learn);
  }

  /** One operation (Jepsen: a map). */
  public static Generator once(String path, Maker maker) {
    return limit(1, ops(path, maker));
  }

  /** These operations, each after the one before has completed. */
  public static Generator sequence(String path, List<Maker> makers) {
    List<Generator> steps = new ArrayList<>();
    for (Maker maker : makers) {
      steps.add(once(path + "/" + steps.size(), maker));
    }
    return new Sequence(steps, true, Set.of());
  }

  /** Nothing at all. */
  public static Generator nothing() {
    return new Sequence(List.of(), false, Set.of());
  }

  /** Nothing for a while, counted from when it is first asked (Jepsen: {@code sleep}). */
  public static Generator sleep(Duration duration) {
    return new Sleep(duration.toNanos(), Sleep.NOT_BEGUN);
  }

  /**
   * One after another; the next begins when the one before is done and all of its operations have
   * completed.
   */
  public static Generator phases(Generator... parts) {
    return new Sequence(List.of(parts), true, Set.of());
  }

  /** One after another, without waiting for operations that are still open. */
  public static Generator concat(Generator... parts) {
    return new Sequence(List.of(parts), false, Set.of());
  }

  /** One after another, without waiting for operations that are still open. */
  public static Generator concat(List<Generator> parts) {
    return new Sequence(List.copyOf(parts), false, Set.of());
  }

  /**
   * The parts in the order of a fresh draw for each operation; a part that must wait lets the next
   * one go first (unlike Jepsen's, which starves). Done when all are.
   */
  public static Generator mix(String path, Generator... parts) {
    return mix(path, List.of(parts).stream().map(g -> new Weighted(1, g)).toList());
  }

  /** As {@link #mix(String, Generator...)}; a part of twice the weight is first twice as often. */
  public static Generator mix(String path, List<Weighted> parts) {
    return new Choice(
        parts.stream().map(Weighted::part).toList(),
        new Choice.Drawn(path, parts.stream().map(Weighted::weight).toList()),
        false,
        0);
  }

  /**
   * A part of a mix.
   *
   * @param weight larger than 0
   */
  public record Weighted(double weight, Generator part) {
    public Weighted {
      if (!(weight > 0)) {
        throw new IllegalArgumentException("weight=" + weight + ", want more than 0");
      }
    }
  }

  /** The first part that has something now, in the order given. Done when all are. */
  public static Generator any(Generator... parts) {
    return new Choice(List.of(parts), new Choice.AsGiven(), false, 0);
  }

  /** As {@link #any}, but done as soon as one of them is (Jepsen: {@code shortest-any}). */
  public static Generator shortestAny(Generator... parts) {
    return new Choice(List.of(parts), new Choice.AsGiven(), true, 0);
  }

  /** One operation of each in turn; done when the one whose turn it is has nothing any more. */
  public static Generator flipFlop(Generator... parts) {
    return new FlipFlop(List.of(parts), 0);
  }

  /**
   * An open pace over all clients: gaps are uniform between nothing and twice the mean. What the
   * clients could not take in time is caught up with, but no more than ten operations.
   */
  public static Generator stagger(String path, Duration mean, Generator part) {
    return Stagger.forgiving(path, Math.max(1, mean.toNanos()), part);
  }

  /** As {@link #stagger}, by operations a second. */
  public static Generator rate(String path, double perSecond, Generator part) {
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException("rate=" + perSecond + ", want more than 0");
    }
    return stagger(path, Duration.ofNanos((long) (1e9 / perSecond)), part);
  }

  /**
   * Open-loop load: as {@link #rate}, but nothing is forgotten. An operation that no client could
   * take in time is called late, and its latency counts from when it was to be called, so that slow
   * answers are not left out of the figures (coordinated omission).
   */
  public static Generator arrivals(String path, double perSecond, Generator part) {
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException("rate=" + perSecond + ", want more than 0");
    }
    return Stagger.open(path, Math.max(1, (long) (1e9 / perSecond)), part);
  }

  /** At least so much time between the starts of two operations (Jepsen: {@code delay}). */
  public static Generator every(Duration gap, Generator part) {
    return new Every(gap.toNanos(), part, Long.MIN_VALUE);
  }

  /** At most so many operations. */
  public static Generator limit(long operations, Generator part) {
    return new Limit(operations, part);
  }

  /** No operation after so much time, counted from when it is first asked. */
  public static Generator timeLimit(Duration duration, Generator part) {
    return new TimeLimit(duration.toNanos(), part, Sleep.NOT_BEGUN);
  }

  /**
   * Several keys at a time, without end: when a key's generator is done, the next key takes its
   * place, so that no key collects more unknown outcomes than a checker can bear (Jepsen: {@code
   * independent/concurrent-generator}).
   *
   * @param width keys at a time
   * @param forKey the generator of key number 0, 1, …; give it a limit
   */
  public static Generator perKey(String path, int width, LongFunction<Generator> forKey) {
    return new PerKey(path, width, forKey, List.of(), 0, 0);
  }

  /**
   * Each of these clients has a generator of its own (Jepsen: {@code each-thread}). They take
   * turns; done when all are.
   */
  public static Generator eachClient(
      Collection<String> clients, Function<String, Generator> forClient) {
    return new EachClient(
        clients.stream().map(c -> new EachClient.Part(c, forClient.apply(c))).toList(), 0);
  }

  /** Each of these clients makes one operation. */
  public static Generator oncePerClient(String path, Collection<String> clients, Maker maker) {
    return eachClient(clients, c -> once(path + "/" + c, maker));
  }

  /** Only the clients with this duty (Jepsen: {@code on-threads}). */
  public static Generator onDuty(String duty, Generator part) {
    return new On(free -> free.duty().equals(duty), part);
  }

  /** Only these clients. */
  public static Generator onClients(Collection<String> clients, Generator part) {
    Set<String> names = Set.copyOf(clients);
    return new On(free -> names.contains(free.client()), part);
  }

  /** Only the clients that match. */
  public static Generator on(Predicate<Free> clients, Generator part) {
    return new On(clients, part);
  }

  /**
   * Each of some clients is kept for one part, the others for the rest (Jepsen: {@code reserve}).
   * Under a common pace each part has the share of its clients.
   *
   * @param clients all of them, in order
   * @param parts how many clients each has, as its weight, from the first on
   */
  public static Generator reserve(
      String path, List<String> clients, List<Weighted> parts, Generator rest) {
    List<Weighted> kept = new ArrayList<>();
    int from = 0;
    for (Weighted part : parts) {
      int to = from + (int) part.weight();
      kept.add(new Weighted(to - from, onClients(clients.subList(from, to), part.part())));
      from = to;
    }
    if (from < clients.size()) {
      List<String> others = clients.subList(from, clients.size());
      kept.add(new Weighted(others.size(), onClients(others, rest)));
    }
    return mix(path, kept);
  }

  /**
   * Each of these clients has a generator of its own, and a fresh one for each of its processes: a
   * process ends with an unknown outcome.
   *
   * @param forProcess by client and number of the process, from 0; names its paths by both
   */
  public static Generator eachProcess(
      Collection<String> clients, BiFunction<String, Long, Generator> forProcess) {
    return eachClient(
        clients, c -> new Renewed(c, n -> forProcess.apply(c, n), 0, forProcess.apply(c, 0L)));
  }

  /** At most so many operations open at a time (Jepsen: {@code concurrency-limit}). */
  public static Generator inFlight(int most, Generator part) {
    return new InFlight(most, part, Set.of());
  }

  /** Operations altered: another function, key or value (Jepsen: {@code map}, {@code f-map}). */
  public static Generator map(UnaryOperator<Ask> change, Generator part) {
    return new Altered(change, part);
  }

  /** Only the operations that are wanted; the others are left out, not waited for. */
  public static Generator filter(Predicate<Ask> wanted, Generator part) {
    return new Filtered(wanted, part);
  }

  /**
   * Parts by turns, each for a while, without end; what a part has begun it goes on with at its
   * next turn (Jepsen: {@code cycle-times}). Good for quiet times between bursts.
   */
  public static Generator cycleTimes(List<Timed> parts) {
    return new Times(
        parts.stream().map(t -> t.length().toNanos()).toList(),
        parts.stream().map(Timed::part).toList(),
        Sleep.NOT_BEGUN);
  }

  /** A part and how long its turn is, more than nothing. */
  public record Timed(Duration length, Generator part) {
    public Timed {
      if (length.isZero() || length.isNegative()) {
        throw new IllegalArgumentException("length=" + length + ", want more than 0");
      }
    }
  }

  /** The generator of round 0, then that of round 1, … without end. */
  public static Generator cycle(LongFunction<Generator> rounds) {
    return repeat(Long.MAX_VALUE, rounds);
  }

  /**
   * The generators of rounds 0 to {@code times - 1}, one after another. Each round names its paths
   * by its number, or it draws what the round before drew. A round that has nothing ends all.
   */
  public static Generator repeat(long times, LongFunction<Generator> rounds) {
    return new Cycle(rounds, times, 0, null);
  }

  /** One operation at a time until one is {@code ok}. */
  public static Generator untilOk(Generator part) {
    return until(done -> done.outcome() == Outcome.OK, part);
  }

  /** One operation at a time until one has ended so. */
  public static Generator until(Predicate<Completed> end, Generator part) {
    return new Until(end, part, null);
  }

  /**
   * Final reads: each of these clients reads each key, and tries again until it is {@code ok}.
   *
   * @param keys what to read; one null if there are no keys
   * @param tries at most so many for each key
   * @param gap between two tries of a client
   */
  public static Generator finalReads(
      Collection<String> clients,
      String f,
      List<? extends @Nullable Object> keys,
      int tries,
      Duration gap) {
    return eachClient(
        clients,
        client -> {
          List<Generator> reads = new ArrayList<>();
          for (Object key : keys) {
            reads.add(
                limit(tries, every(gap, untilOk(ops("final/" + client, call(f, key, null))))));
          }
          return concat(reads);
        });
  }

  /** These generators after a completion; the same list if none has changed. */
  static List<Generator> updated(
      List<Generator> parts, Generator.Context context, Completed completed) {
    List<Generator> changed = parts;
    for (int i = 0; i < parts.size(); i++) {
      Generator part = parts.get(i);
      Generator updated = part.update(context, completed);
      if (!same(updated, part)) {
        changed = same(changed, parts) ? new ArrayList<>(parts) : changed;
        changed.set(i, updated);
      }
    }
    return changed;
  }

  /** Whether nothing has changed, so that there is nothing to copy. */
  @SuppressWarnings("ReferenceEquality")
  static boolean same(@Nullable Object after, @Nullable Object before) {
    return after == before;
  }

  /** A set with one element more. */
  static Set<String> with(Set<String> set, String element) {
    Set<String> more = new HashSet<>(set);
    more.add(element);
    return Set.copyOf(more);
  }

  /** A set without an element. */
  static Set<String> without(Set<String> set, String element) {
    if (!set.contains(element)) {
      return set;
    }
    Set<String> fewer = new HashSet<>(set);
    fewer.remove(element);
    return Set.copyOf(fewer);
  }

  /** A list with one element replaced. */
  static <T> List<T> replaced(List<T> list, int at, T element) {
    List<T> copy = new ArrayList<>(list);
    copy.set(at, element);
    return Collections.unmodifiableList(copy);
  }
}
