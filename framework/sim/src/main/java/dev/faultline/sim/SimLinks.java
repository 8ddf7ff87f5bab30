package dev.faultline.sim;

import dev.faultline.harness.Cluster.Tally;
import dev.faultline.harness.LinkState;
import dev.faultline.harness.Trace;
import dev.faultline.node.KeyedRandom;
import dev.faultline.spec.Fault;
import dev.faultline.spec.Link;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Carries messages: each direction in order, as one connection does, after a delay drawn from the
 * seed and the direction's own counter. A cut also hits what is on its way; held messages leave
 * when the cut is healed. Loss, duplicates and overtaking are drawn by the message's number on its
 * link, so they leave the delays of other messages as they were. What comes twice or may be
 * overtaken is bound to no connection, so it can come after the link was cut and healed, or after
 * its sender died: in between others that were sent later.
 */
final class SimLinks {
  private static final long LEAST_DELAY = 100_000;
  private static final long USUAL_SPREAD = 900_000;
  private static final long RARE_SPREAD = 10_000_000;

  /** What a message weighs on a slow link. */
  private static final long MESSAGE_BYTES = 200;

  /** How much later than the first the second of two equal messages may come. */
  private static final long SECOND_WITHIN = 10_000_000;

  /** A message of no connection: it outlives a cut, and its sender, if it arrives after it. */
  private static final long ANY = -1;

  private final SimLoop loop;
  private final Map<String, SimNode> nodes;
  private long seed;
  private final Map<Link, Line> lines = new LinkedHashMap<>();
  private final Map<String, Map<String, Line>> bySender = new LinkedHashMap<>();

  /**
   * @param nodes by id; all are there before the first message is sent
   */
  SimLinks(SimLoop loop, Map<String, SimNode> nodes, long seed) {
    this.loop = loop;
    this.nodes = nodes;
    this.seed = seed;
  }

  /** Something on its way, told what becomes of it. */
  interface Cargo {
    void arrive();

    default void lost(Trace.Loss why) {}

    default void held() {}

    /** Whether it is a message of a node or a client, which faults of single messages may hit. */
    default boolean message() {
      return true;
    }
  }

  /** One direction. */
  static final class Line {
    private final Link link;
    private final KeyedRandom random;

    /** The node at its end; null if that is none. */
    private final @Nullable SimNode receiver;

    private final List<Cargo> held = new ArrayList<>();
    private LinkState state = LinkState.CLEAR;
    private boolean swallows;
    private long last;
    private long connection;
    private long number;
    private long newest;
    private long lost;
    private long duplicated;
    private long overtaken;
    private long corrupted;
    private long resets;

    /** Bytes on the present connection, where it may carry only so many. */
    private long carried;

    private Line(Link link, @Nullable SimNode receiver, long seed) {
      this.link = link;
      this.receiver = receiver;
      this.random = KeyedRandom.of(seed, "link", link.from(), link.to());
    }

    @Nullable SimNode receiver() {
      return receiver;
    }
  }

  /** The lines of one sender, by receiver; {@link #line} adds to them. */
  Map<String, Line> from(String sender) {
    return bySender.computeIfAbsent(sender, s -> new LinkedHashMap<>());
  }

  Line line(Link link) {
    Line line = lines.get(link);
    if (line == null) {
      line = new Line(link, nodes.get(link.to()), seed);
      lines.put(link, line);
      from(link.from()).put(link.to(), line);
    }
    return line;
  }

  /** What is drawn from here on is drawn anew. */
  void reseed(long salt) {
    seed ^= salt;
    lines.values().forEach(line -> line.random.reseed(salt));
  }

  Tally tally(Link link) {
    Line line = line(link);
    return new Tally(
        line.lost, line.duplicated, line.overtaken, line.corrupted, line.resets, line.number);
  }

  boolean passes(Link link) {
    Line line = line(link);
    return !line.swallows && line.state.cut() == null;
  }

  LinkState state(Link link) {
    return line(link).state;
  }

  @SuppressWarnings("ReferenceEquality") // A short cut for the links of which nothing was asked.
  void send(Line line, long bytes, Cargo cargo) {
    LinkState state = line.state;
    long delay = LEAST_DELAY + line.random.nextLong(USUAL_SPREAD);
    if (line.random.nextInt(50) == 0) {
      delay += line.random.nextLong(RARE_SPREAD);
    }
    long swing = line.random.nextLong();
    long number = cargo.message() ? ++line.number : 0;
    if (line.swallows) {
      cargo.lost(Trace.Loss.CUT);
      return;
    }
    if (state.cut() == Fault.Mode.HOLD) {
      line.held.add(cargo);
      cargo.held();
      return;
    }
    long start = loop.now();
    Fault.Effect effect = state.effect();
    if (effect == LinkState.CLEAR.effect()) {
      long at = Math.max(start + delay, line.last + 1);
      line.last = at;
      carry(line, at, number, cargo);
      return;
    }
    long jitter = effect.jitter().toNanos();
    delay += Math.max(0, effect.latency().toNanos() + (jitter == 0 ? 0 : swing % (jitter + 1)));
    long weight = Math.max(bytes, MESSAGE_BYTES);
    if (effect.bandwidthKBps() > 0) {
      delay += weight * 1_000_000 / effect.bandwidthKBps();
    }
    if (effect.sliceBytes() > 0) {
      delay += (weight - 1) / effect.sliceBytes() * Fault.Effect.SLICE_PAUSE.toNanos();
    }
    if (effect.resetAfterBytes() > 0 && tooMuch(line, weight, number, effect.resetAfterBytes())) {
      cargo.lost(Trace.Loss.ON_ITS_WAY);
      return;
    }
    boolean single = number > 0 && effect.perMessage();
    if (single && chance(line.link, number, "loss", 100) < effect.lossPercent()) {
      line.lost++;
      cargo.lost(Trace.Loss.CHANCE);
      return;
    }
    if (single && chance(line.link, number, "duplicate", 100) < effect.duplicatePercent()) {
      long second = start + delay + chance(line.link, number, "second", SECOND_WITHIN);
      loop.add(second, new Carriage(line, ANY, 0, new Again(line, cargo)));
    }
    Cargo sent =
        single && chance(line.link, number, "corrupt", 100) < effect.corruptPercent()
            ? new Garbled(line, cargo)
            : cargo;
    if (single && !effect.reorder().isZero()) {
      // It waits for none of those before it, and holds up none of those after it.
      long late = chance(line.link, number, "reorder", effect.reorder().toNanos());
      loop.add(start + delay + late, new Carriage(line, ANY, number, sent));
      return;
    }
    long at = Math.max(start + delay, line.last + 1);
    line.last = at;
    carry(line, at, number, sent);
  }

  /** Whether it is more than its connection may carry, which then ends; a probe has its own. */
  private boolean tooMuch(Line line, long weight, long number, long most) {
    if (number == 0) {
      return weight > most;
    }
    line.carried += weight;
    if (line.carried <= most) {
      return false;
    }
    line.carried = 0;
    line.resets++;
    lose(line);
    lose(line(line.link.reversed()));
    return true;
  }

  private long chance(Link link, long number, String what, long bound) {
    long drawn = KeyedRandom.at(seed, number, "link", link.from(), link.to(), what);
    return Long.remainderUnsigned(drawn, bound);
  }

  /**
   * @param number of the message on its link; 0 for what is not counted
   */
  private void carry(Line line, long at, long number, Cargo cargo) {
    loop.add(at, new Carriage(line, line.connection, number, cargo));
  }

  /** What is on its way. */
  private static final class Carriage extends SimLoop.Event {
    private final Line line;
    private final long connection;
    private final long number;
    private final Cargo cargo;

    Carriage(Line line, long connection, long number, Cargo cargo) {
      this.line = line;
      this.connection = connection;
      this.number = number;
      this.cargo = cargo;
    }

    @Override
    void happen() {
      if ((connection != ANY && line.connection != connection) || line.swallows) {
        cargo.lost(Trace.Loss.ON_ITS_WAY);
      } else if (line.state.cut() == Fault.Mode.HOLD) {
        line.held.add(cargo);
        cargo.held();
      } else {
        if (number > line.newest) {
          line.newest = number;
        } else if (number > 0) {
          line.overtaken++;
        }
        cargo.arrive();
      }
    }
  }

  /** A message that its receiver cannot read: it gives the connection up, as the node kit does. */
  private final class Garbled implements Cargo {
    private final Line line;
    private final Cargo cargo;

    Garbled(Line line, Cargo cargo) {
      this.line = line;
      this.cargo = cargo;
    }

    @Override
    public void arrive() {
      line.corrupted++;
      cargo.lost(Trace.Loss.CORRUPTED);
      lose(line);
    }

    @Override
    public void lost(Trace.Loss why) {
      cargo.lost(why);
    }

    @Override
    public void held() {
      cargo.held();
    }
  }

  /** A message for the second time. */
  private record Again(Line line, Cargo cargo) implements Cargo {
    @Override
    public void arrive() {
      line.duplicated++;
      cargo.arrive();
    }
  }

  private static boolean swallows(LinkState state) {
    return state.cut() == Fault.Mode.DROP
        || state.cut() == Fault.Mode.REFUSE
        || state.effect().hang()
        || state.effect().reset();
  }

  void set(Link link, LinkState state) {
    Line line = line(link);
    boolean heals = line.state.cut() == Fault.Mode.HOLD && state.cut() != Fault.Mode.HOLD;
    boolean breaks = swallows(state) && !line.swallows;
    line.state = state;
    line.swallows = swallows(state);
    if (breaks) {
      lose(line);
    }
    if (heals && !breaks) {
      List<Cargo> due = List.copyOf(line.held);
      line.held.clear();
      due.forEach(cargo -> loop.post(cargo::arrive));
    }
  }

  /** A process died: its connections take with them what was on its way. */
  void disconnect(String node) {
    lines.forEach((link, line) -> {
      if (link.from().equals(node) || link.to().equals(node)) {
        lose(line);
      }
    });
  }

  private void lose(Line line) {
    line.connection++;
    line.carried = 0;
    line.last = loop.now();
    line.held.forEach(cargo -> cargo.lost(Trace.Loss.ON_ITS_WAY));
    line.held.clear();
  }
}
