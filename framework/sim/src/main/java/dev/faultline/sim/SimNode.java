package dev.faultline.sim;

import dev.faultline.harness.Cluster.ClockState;
import dev.faultline.harness.Deployment;
import dev.faultline.harness.Environment.NodeEvents;
import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.Trace;
import dev.faultline.node.Clock;
import dev.faultline.node.Config;
import dev.faultline.node.Disk;
import dev.faultline.node.Env;
import dev.faultline.node.KeyedRandom;
import dev.faultline.node.Message;
import dev.faultline.node.Network;
import dev.faultline.node.Node;
import dev.faultline.node.Timers;
import dev.faultline.spec.Unsynced;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One node over all its incarnations. Callbacks of a dead incarnation are never run. */
final class SimNode {
  private final SimLoop loop;
  private long seed;
  private final Deployment.NodeSpec spec;
  private final Config config;
  private final Network network;
  private final NodeEvents events;
  private final @Nullable Trace trace;
  private final SimClock clock;
  private final SimDisk disk;
  private final Disk heard;
  private final Deque<Runnable> frozen = new ArrayDeque<>();
  private final List<KeyedRandom> drawing = new ArrayList<>();
  private final Set<LocalTimer> timers = new LinkedHashSet<>();
  private @Nullable Node node;
  private int incarnation;
  private long seq;
  private boolean paused;

  SimNode(
      SimLoop loop,
      long seed,
      Deployment.NodeSpec spec,
      Config config,
      Network network,
      NodeEvents events,
      @Nullable Trace trace) {
    this.loop = loop;
    this.seed = seed;
    this.spec = spec;
    this.config = config;
    this.network = network;
    this.events = events;
    this.trace = trace;
    this.clock = new SimClock(loop);
    this.disk = new SimDisk(seed, spec.id(), this::later, this::asked, this::synced);
    this.heard = trace == null ? disk : new HeardDisk(disk, loop, spec.id(), trace);
  }

  String id() {
    return spec.id();
  }

  /** What is drawn from here on is drawn anew. */
  void reseed(long salt) {
    seed ^= salt;
    drawing.forEach(random -> random.reseed(salt));
    disk.reseed(salt);
  }

  boolean alive() {
    return node != null;
  }

  boolean running() {
    return node != null && !paused;
  }

  SimClock clock() {
    return clock;
  }

  int incarnation() {
    return incarnation;
  }

  void start() {
    if (!(spec.launch() instanceof Deployment.Kit kit)) {
      throw new EnvironmentException(spec.id() + " is not a node of the kit; use --env containers");
    }
    incarnation++;
    seq = 0;
    Node fresh = fresh(kit);
    node = fresh;
    turned(Trace.Turn.STARTED);
    event("started", Map.of("pid", (long) incarnation));
    run(() -> fresh.start(new NodeEnv(incarnation)));
  }

  private static Node fresh(Deployment.Kit kit) {
    try {
      return kit.type().getConstructor().newInstance();
    } catch (NoSuchMethodException | InstantiationException | IllegalAccessException e) {
      throw new EnvironmentException(
          kit.type().getName() + ": a node needs a public constructor without parameters", e);
    } catch (InvocationTargetException e) {
      throw new EnvironmentException(kit.type().getName() + ": " + e.getCause(), e);
    }
  }

  /** Ends the process, because of a fault or of its own code. */
  void kill(Trace.Turn why) {
    long unused = kill(why, Unsynced.KEEP_PREFIX);
  }

  /**
   * As {@link #kill(Trace.Turn)}, with this done to what is not synced.
   *
   * @return how many writes did not survive whole
   */
  long kill(Trace.Turn why, Unsynced unsynced) {
    turned(why);
    end();
    return disk.crash(unsynced);
  }

  private void end() {
    node = null;
    paused = false;
    // Each of them sees that its incarnation is over, and what it carried is lost.
    List<Runnable> due = new ArrayList<>(frozen);
    frozen.clear();
    due.forEach(Runnable::run);
    timers.forEach(LocalTimer::cancelQuietly);
    timers.clear();
    drawing.clear();
  }

  /** Lets the node end in peace; nothing that it wrote is lost. */
  void stop() {
    Node now = node;
    if (now != null) {
      run(now::stop);
    }
    if (node != null) {
      turned(Trace.Turn.STOPPED);
      end();
      disk.close();
    }
  }

  /** Ends the process while it has something unsynced; completes with what was lost. */
  CompletableFuture<Long> killLosing(Unsynced unsynced) {
    KeyedRandom draw = KeyedRandom.of(seed, "strike", id(), incarnation);
    return new Strike(loop, this, unsynced, draw).begin();
  }

  SimDisk disk() {
    return disk;
  }

  private long asked() {
    return trace == null ? 0 : trace.asked(loop.now(), spec.id());
  }

  private void synced(String file, long asked) {
    if (trace != null) {
      trace.because(spec.id(), asked);
      trace.synced(loop.now(), spec.id(), file);
    }
  }

  private void turned(Trace.Turn turn) {
    if (trace != null) {
      trace.turned(loop.now(), spec.id(), incarnation, turn);
    }
  }

  void pause() {
    paused = true;
    turned(Trace.Turn.PAUSED);
  }

  /** What came due while it was frozen comes now, in an order drawn from the seed. */
  void resume() {
    paused = false;
    turned(Trace.Turn.RESUMED);
    List<Runnable> due = new ArrayList<>(frozen);
    frozen.clear();
    due.forEach(loop::post);
  }

  void steer(ClockState state) {
    clock.set(state);
    timers.forEach(LocalTimer::arm);
  }

  void receive(SimCluster.Parcel parcel) {
    receive(parcel, incarnation);
  }

  private void receive(SimCluster.Parcel parcel, int of) {
    Node now = node;
    if (now == null || incarnation != of) {
      parcel.lost(Trace.Loss.NOBODY);
    } else if (paused) {
      frozen.add(() -> receive(parcel, of));
      parcel.held();
    } else {
      parcel.seen();
      try {
        now.onMessage(parcel.from, parcel.message);
      } catch (RuntimeException | StackOverflowError e) {
        crash(e);
      }
    }
  }

  private void later(long nanos, Runnable callback) {
    int of = incarnation;
    SimLoop.Event unused = loop.at(loop.now() + nanos, () -> guarded(of, callback));
  }

  private void guarded(int of, Runnable callback) {
    if (node == null || incarnation != of) {
      return;
    }
    if (paused) {
      frozen.add(() -> guarded(of, callback));
    } else {
      run(callback);
    }
  }

  /** Code of the node: what it throws ends it. */
  private void run(Runnable code) {
    try {
      code.run();
    } catch (RuntimeException | StackOverflowError e) {
      crash(e);
    }
  }

  private void crash(Throwable uncaught) {
    kill(Trace.Turn.CRASHED);
    event("crashed", Map.of("why", "uncaught " + uncaught));
  }

  private void event(String name, Map<String, @Nullable Object> facts) {
    seq++;
    events.event(spec.id(), incarnation, seq, name, facts);
  }

  private final class LocalTimer implements Timers.Timer {
    private final int of = incarnation;
    private final long due;
    private final Runnable callback;
    private final long asked = asked();
    private SimLoop.@Nullable Event event;

    LocalTimer(long due, Runnable callback) {
      this.due = due;
      this.callback = callback;
      timers.add(this);
      arm();
    }

    /** Sets the alarm anew, since the clock's rate has changed. */
    void arm() {
      cancelQuietly();
      event = loop.at(clock.whenMonotonic(due), this::fire);
    }

    private void fire() {
      timers.remove(this);
      guarded(of, trace == null ? callback : this::traced);
    }

    private void traced() {
      if (trace != null) {
        trace.because(spec.id(), asked);
        trace.timer(loop.now(), spec.id());
      }
      callback.run();
    }

    void cancelQuietly() {
      if (event != null) {
        event.cancel();
      }
    }

    @Override
    public void cancel() {
      timers.remove(this);
      cancelQuietly();
    }
  }

  private final class NodeEnv implements Env {
    private final int of;
    private final Map<String, RandomGenerator> sites = new LinkedHashMap<>();
    private final Network ownNetwork = this::send;
    private final Timers ownTimers =
        (delay, callback) ->
            new LocalTimer(clock.monotonic() + Math.max(0, delay.toNanos()), callback);

    NodeEnv(int of) {
      this.of = of;
    }

    private void send(String to, Message message) {
      if (of == incarnation && node != null) {
        network.send(to, message);
      }
    }

    @Override
    public String self() {
      return spec.id();
    }

    @Override
    public int incarnation() {
      return of;
    }

    @Override
    public Config config() {
      return config;
    }

    @Override
    public Network network() {
      return ownNetwork;
    }

    @Override
    public Clock clock() {
      return clock;
    }

    @Override
    public Timers timers() {
      return ownTimers;
    }

    @Override
    public Disk disk() {
      return heard;
    }

    @Override
    public RandomGenerator random(String site) {
      return sites.computeIfAbsent(
          site,
          s -> {
            KeyedRandom random = KeyedRandom.of(seed, "node", spec.id(), Integer.toString(of), s);
            drawing.add(random);
            return random;
          });
    }

    @Override
    public void event(String name, @Nullable Object... facts) {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      for (int i = 0; i < facts.length; i += 2) {
        map.put(String.valueOf(facts[i]), facts[i + 1]);
      }
      SimNode.this.event(name, map);
    }
  }
}
