package dev.faultline.checker.rules;

import dev.faultline.history.Entry;
import dev.faultline.history.History;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A lease server, a fenced log, three holders and their clients in virtual time, with slow and lost
 * messages, cut links, pauses, kills and steps of the server's wall clock; correct, or with one
 * defect. Times are milliseconds.
 */
final class LeaseWorld {
  enum Defect {
    NONE,
    /** The server counts terms on its wall clock. */
    WALL_CLOCK_SERVER,
    /** The log takes any token. */
    NO_FENCING,
    /** A holder counts its term from the answer. */
    TTL_FROM_RESPONSE,
    /** A holder believes until somebody tells it otherwise. */
    NO_LOCAL_EXPIRY,
    /** The server forgets its counter when it restarts without a lease out. */
    TOKEN_REUSE
  }

  /** What may be done to it. */
  enum Trouble {
    SLOW,
    /** The server's answers to one holder take 0.4 terms; then its questions are cut off. */
    SLOW_ANSWERS,
    CUT_TO_SERVER,
    CUT_FROM_SERVER,
    PAUSE,
    /** When the holder begins the next write. */
    PAUSE_AT_WORK,
    KILL_HOLDER,
    KILL_SERVER,
    STEP
  }

  static final long TTL = 1000;
  private static final long END = 15_000;
  private static final String[] HOLDERS = {"h1", "h2", "h3"};

  private record Event(long at, long order, Runnable action) implements Comparable<Event> {
    @Override
    public int compareTo(Event o) {
      return at != o.at ? Long.compare(at, o.at) : Long.compare(order, o.order);
    }
  }

  private final SplittableRandom random;
  private final Defect defect;
  private final List<Trouble> troubles;
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final List<Entry> entries = new ArrayList<>();
  private final Map<String, Holder> holders = new HashMap<>();
  private final Server server = new Server();
  private final List<List<Object>> log = new ArrayList<>();
  private final Set<String> cut = new HashSet<>();
  private final Set<String> slowAnswers = new HashSet<>();
  private long logToken;
  private long now;
  private long order;
  private long slowest = 5;
  private int nextProcess;
  private long seq;

  LeaseWorld(long seed, Defect defect, List<Trouble> troubles) {
    this.random = new SplittableRandom(seed);
    this.defect = defect;
    this.troubles = troubles;
  }

  History run() {
    for (String name : HOLDERS) {
      Holder holder = new Holder(name);
      holders.put(name, holder);
      event(name, 1, "started", Map.of());
      new Client(holder, false).next();
      new Client(holder, true).next();
    }
    if (!troubles.isEmpty()) {
      for (int i = 0; i < 8; i++) {
        at(random.nextLong(500, END - 4_000), this::fault);
      }
    }
    while (!events.isEmpty()) {
      Event next = events.remove();
      now = next.at();
      next.action().run();
    }
    entry(++nextProcess, Entry.Type.INVOKE, "read", null, "log");
    entry(nextProcess, Entry.Type.OK, "read", List.copyOf(log), "log");
    return History.of(entries);
  }

  private void at(long time, Runnable action) {
    events.add(new Event(Math.max(time, now), order++, action));
  }

  private void after(long delay, Runnable action) {
    at(now + delay, action);
  }

  /** A message between two nodes: late, or lost where the link is cut. */
  private void send(String from, String to, Runnable arrival) {
    if (cut.contains(from + to) || (!troubles.isEmpty() && random.nextInt(50) == 0)) {
      return;
    }
    long extra = from.equals("server") && slowAnswers.contains(to) ? TTL * 2 / 5 : 0;
    after(extra + random.nextLong(1, slowest + 1), arrival);
  }

  private void fault() {
    String name = HOLDERS[random.nextInt(HOLDERS.length)];
    long until = random.nextLong(300, 3_000);
    switch (troubles.get(random.nextInt(troubles.size()))) {
      case SLOW -> {
        slowest = random.nextLong(50, 3 * TTL);
        after(until, () -> slowest = 5);
      }
      case SLOW_ANSWERS -> {
        slowAnswers.add(name);
        after(2 * TTL, () -> cut(name + "server", 2 * TTL));
        after(4 * TTL, () -> slowAnswers.remove(name));
      }
      case CUT_TO_SERVER -> cut(name + "server", until);
      case CUT_FROM_SERVER -> cut("server" + name, until);
      case PAUSE -> get(name).pause(until);
      case PAUSE_AT_WORK -> get(name).pauseAtWork = TTL * 2;
      case KILL_HOLDER -> get(name).restart();
      case KILL_SERVER -> server.restart();
      case STEP -> server.step += random.nextBoolean() ? 1_500 : -1_500;
    }
  }

  private void cut(String link, long until) {
    cut.add(link);
    after(until, () -> cut.remove(link));
  }

  private Holder get(String name) {
    Holder holder = holders.get(name);
    if (holder == null) {
      throw new IllegalArgumentException(name);
    }
    return holder;
  }

  private void entry(int process, Entry.Type type, String f, @Nullable Object value, String node) {
    entries.add(
        new Entry.Op(
            entries.size(),
            now * 1_000_000,
            process,
            type,
            f,
            null,
            value,
            null,
            null,
            node,
            false));
  }

  private void event(String node, int incarnation, String name, Map<String, Object> facts) {
    // Seen late, and not in the order in which nodes spoke.
    long number = ++seq;
    Map<String, @Nullable Object> copy = new HashMap<>(facts);
    after(
        random.nextLong(1, 200),
        () ->
            entries.add(
                new Entry.Node(
                    entries.size(), now * 1_000_000, node, incarnation, number, name, copy)));
  }

  private final class Server {
    private long counter;
    private long token;
    private String session = "";
    private long until;
    private long step;
    private long downUntil;

    private long clock() {
      return defect == Defect.WALL_CLOCK_SERVER ? now + step : now;
    }

    private boolean out() {
      return !session.isEmpty() && clock() < until;
    }

    /** The token granted, or 0. */
    long acquire(String holder, String asking) {
      if (out() && !session.equals(asking)) {
        return 0;
      }
      if (!out()) {
        token = ++counter;
        session = asking;
        event("server", 1, "granted", Map.of("holder", holder, "token", token));
      }
      until = clock() + TTL;
      return token;
    }

    boolean renew(String asking, long which) {
      boolean held = out() && session.equals(asking) && token == which;
      until = held ? clock() + TTL : until;
      return held;
    }

    boolean release(String asking, long which) {
      boolean held = out() && session.equals(asking) && token == which;
      session = held ? "" : session;
      return held;
    }

    void restart() {
      downUntil = now + 500;
      // The lease's rest cannot be known any more, so it gets its whole term again.
      until = session.isEmpty() ? until : clock() + 500 + TTL;
      if (defect == Defect.TOKEN_REUSE) {
        counter = session.isEmpty() ? 0 : token;
      }
    }
  }

  private final class Holder {
    private final String name;
    private int incarnation = 1;
    private int sessions = 1;
    private long token;
    private long until;
    private long pausedUntil;
    private long pauseAtWork;

    Holder(String name) {
      this.name = name;
    }

    private String session() {
      return name + "/" + incarnation + "/" + sessions;
    }

    boolean believes() {
      return token != 0 && (defect == Defect.NO_LOCAL_EXPIRY || now < until);
    }

    void pause(long millis) {
      pausedUntil = Math.max(pausedUntil, now + millis);
    }

    void restart() {
      incarnation++;
      token = 0;
      event(name, incarnation, "started", Map.of());
    }

    /** Runs now, or when the pause ends; not at all after a restart. */
    private void awake(Runnable action) {
      int in = incarnation;
      if (now < pausedUntil) {
        at(pausedUntil, () -> awakeIn(in, action));
      } else {
        awakeIn(in, action);
      }
    }

    private void awakeIn(int in, Runnable action) {
      if (in == incarnation) {
        action.run();
      }
    }

    void handle(String f, @Nullable Object value, Answer answer) {
      String asking = session();
      long sent = now;
      switch (f) {
        case "acquire", "renew" -> {
          long which = token;
          if (f.equals("renew") && !believes()) {
            answer.with(Entry.Type.FAIL, null);
            return;
          }
          call(
              () ->
                  f.equals("acquire")
                      ? server.acquire(name, asking)
                      : server.renew(asking, which) ? which : 0,
              granted -> {
                if (!asking.equals(session())) {
                  return;
                }
                if (granted != 0 && granted >= token) {
                  long end = (defect == Defect.TTL_FROM_RESPONSE ? now : sent) + TTL;
                  until = granted == token ? Math.max(until, end) : end;
                  token = granted;
                } else if (granted == 0 && f.equals("renew") && token == which) {
                  token = 0;
                }
                if (granted == 0) {
                  answer.with(Entry.Type.FAIL, null);
                } else {
                  answer.with(Entry.Type.OK, Map.of("token", granted, "ttl", TTL * 1_000_000));
                }
              });
        }
        case "release" -> {
          long which = token;
          if (!believes()) {
            answer.with(Entry.Type.FAIL, null);
            return;
          }
          token = 0;
          sessions++;
          call(
              () -> server.release(asking, which) ? which : 0,
              done ->
                  answer.with(
                      done != 0 ? Entry.Type.OK : Entry.Type.FAIL,
                      done != 0 ? Map.of("token", done) : null));
        }
        case "held?" ->
            answer.with(
                Entry.Type.OK,
                believes() ? Map.of("held", true, "token", token) : Map.of("held", false));
        case "write" -> {
          if (!believes()) {
            answer.with(Entry.Type.FAIL, null);
            return;
          }
          long with = token;
          pause(pauseAtWork);
          pauseAtWork = 0;
          after(
              random.nextLong(50, 200),
              () ->
                  awake(
                      () -> send(name, "log", () -> append(with, String.valueOf(value), answer))));
        }
        default -> throw new IllegalArgumentException(f);
      }
    }

    private void append(long with, String payload, Answer answer) {
      boolean taken = defect == Defect.NO_FENCING || with >= logToken;
      long position = log.size();
      if (taken) {
        logToken = with;
        log.add(List.of(with, name, payload));
      }
      send(
          "log",
          name,
          () ->
              awake(() ->
                  answer.with(
                      taken ? Entry.Type.OK : Entry.Type.FAIL,
                      taken ? Map.of("token", with, "position", position) : null)));
    }

    private void call(
        java.util.function.LongSupplier atServer, java.util.function.LongConsumer back) {
      send(
          name,
          "server",
          () -> {
            if (now >= server.downUntil) {
              long result = atServer.getAsLong();
              send("server", name, () -> awake(() -> back.accept(result)));
            }
          });
    }
  }

  private interface Answer {
    void with(Entry.Type type, @Nullable Object value);
  }

  /**
   * One operation at a time on one holder; gives up after two and a half terms. Self-checks have a
   * client of their own, for a question that gets no answer must not keep them waiting.
   */
  private final class Client {
    private final Holder holder;
    private final boolean checks;
    private int process = ++nextProcess;
    private int writes;

    Client(Holder holder, boolean checks) {
      this.holder = holder;
      this.checks = checks;
    }

    void next() {
      if (now > END) {
        return;
      }
      after(checks ? 50 : random.nextLong(20, 120), this::invoke);
    }

    private void invoke() {
      int choice = random.nextInt(15);
      String f =
          checks
              ? "held?"
              : choice < 6 ? "acquire" : choice < 9 ? "renew" : choice < 14 ? "write" : "release";
      Object value = f.equals("write") ? holder.name + "-" + ++writes : null;
      int mine = process;
      entry(mine, Entry.Type.INVOKE, f, value, holder.name);
      boolean[] done = {false};
      Answer answer =
          (type, result) ->
              after(
                  random.nextLong(1, 10),
                  () -> {
                    if (!done[0]) {
                      done[0] = true;
                      entry(mine, type, f, result, holder.name);
                      next();
                    }
                  });
      after(random.nextLong(1, 10), () -> holder.awake(() -> holder.handle(f, value, answer)));
      after(
          TTL * 5 / 2,
          () -> {
            if (!done[0]) {
              done[0] = true;
              entry(mine, Entry.Type.INFO, f, null, holder.name);
              process = ++nextProcess;
              next();
            }
          });
    }
  }
}
