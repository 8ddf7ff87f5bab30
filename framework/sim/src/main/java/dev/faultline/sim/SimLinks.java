package dev.faultline.sim;

import dev.faultline.harness.LinkState;
import dev.faultline.harness.Trace;
import dev.faultline.node.KeyedRandom;
import dev.faultline.spec.Fault;
import dev.faultline.spec.Link;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Carries messages: each direction in order, as one connection does, after a delay drawn from the
 * seed and the direction's own counter. A cut also hits what is on its way; held messages leave
 * when the cut is healed.
 */
final class SimLinks {
  private static final long LEAST_DELAY = 100_000;
  private static final long USUAL_SPREAD = 900_000;
  private static final long RARE_SPREAD = 10_000_000;

  /** What a message weighs on a slow link. */
  private static final long MESSAGE_BYTES = 200;

  private final SimLoop loop;
  private long seed;
  private final Map<Link, Line> lines = new LinkedHashMap<>();

  SimLinks(SimLoop loop, long seed) {
    this.loop = loop;
    this.seed = seed;
  }

  /** Something on its way, told what becomes of it. */
  interface Cargo {
    void arrive();

    default void lost(Trace.Loss why) {}

    default void held() {}
  }

  private static final class Line {
    final KeyedRandom random;
    final List<Cargo> held = new ArrayList<>();
    LinkState state = LinkState.CLEAR;
    long last;
    long connection;

    Line(KeyedRandom random) {
      this.random = random;
    }
  }

  private Line line(Link link) {
    Line line = lines.get(link);
    if (line == null) {
      line = new Line(KeyedRandom.of(seed, "link", link.from(), link.to()));
      lines.put(link, line);
    }
    return line;
  }

  /** What is drawn from here on is drawn anew. */
  void reseed(long salt) {
    seed ^= salt;
    lines.values().forEach(line -> line.random.reseed(salt));
  }

  LinkState state(Link link) {
    return line(link).state;
  }

  void send(Link link, long bytes, Cargo cargo) {
    Line line = line(link);
    LinkState state = line.state;
    long delay = LEAST_DELAY + line.random.nextLong(USUAL_SPREAD);
    if (line.random.nextInt(50) == 0) {
      delay += line.random.nextLong(RARE_SPREAD);
    }
    long swing = line.random.nextLong();
    if (swallows(state)) {
      cargo.lost(Trace.Loss.CUT);
      return;
    }
    if (state.cut() == Fault.Mode.HOLD) {
      line.held.add(cargo);
      cargo.held();
      return;
    }
    Fault.Effect effect = state.effect();
    long jitter = effect.jitter().toNanos();
    delay += Math.max(0, effect.latency().toNanos() + (jitter == 0 ? 0 : swing % (jitter + 1)));
    long start = loop.now();
    if (effect.bandwidthKBps() > 0) {
      delay += Math.max(bytes, MESSAGE_BYTES) * 1_000_000 / effect.bandwidthKBps();
    }
    long at = Math.max(start + delay, line.last + 1);
    line.last = at;
    long connection = line.connection;
    SimLoop.Event unused =
        loop.at(
            at,
            () -> {
              if (line.connection != connection || swallows(line.state)) {
                cargo.lost(Trace.Loss.ON_ITS_WAY);
                return;
              }
              if (line.state.cut() == Fault.Mode.HOLD) {
                line.held.add(cargo);
                cargo.held();
              } else {
                cargo.arrive();
              }
            });
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
    boolean breaks = swallows(state) && !swallows(line.state);
    line.state = state;
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
    line.last = loop.now();
    line.held.forEach(cargo -> cargo.lost(Trace.Loss.ON_ITS_WAY));
    line.held.clear();
  }
}
