package dev.faultline.blocking.kernel;

import dev.faultline.blocking.Refusal;
import dev.faultline.blocking.Scenario;
import dev.faultline.blocking.World;
import dev.faultline.blocking.boot.Hooks;
import dev.faultline.node.KeyedRandom;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One run. The thread that made it carries all virtual threads in turn: those that can run stand
 * sorted by number, the seed chooses one, it runs until it waits. Time moves on when none can run,
 * to the next timer, and by a microsecond with each turn.
 */
final class Universe implements World {
  private static final long TURN = 1_000;
  private static final long MOST_TURNS = 2_000_000;
  private static final long LONGEST = Duration.ofDays(1).toNanos();

  /** Far from the ids of threads outside. */
  private static final long FIRST_THREAD = 1_000_000_000;

  /** 2026-01-01T00:00:00Z. */
  private static final long BEGIN = 1_767_225_600_000_000_000L;

  private static volatile @Nullable Universe current;

  private final long seed;
  private final Jdk jdk;
  private final Watchdog watchdog;
  private final Thread carrier = Thread.currentThread();
  private final RandomGenerator choice;
  private final Map<String, Host> hosts = new LinkedHashMap<>();
  private final Map<Long, Task> tasks = new LinkedHashMap<>();
  private final List<Task> ready = new ArrayList<>();
  private final List<Task> atMonitors = new ArrayList<>();
  private final Timers timers = new Timers();
  private final Trace trace = new Trace();
  final Network network = new Network(this);
  private @Nullable Task running;
  private long now;
  private int threads;
  private long turns;
  private long fired;
  private boolean over;
  private @Nullable String failure;

  Universe(long seed, Jdk jdk, Watchdog watchdog) {
    this.seed = seed;
    this.jdk = jdk;
    this.watchdog = watchdog;
    choice = KeyedRandom.of(seed, "turn");
  }

  /** What came of a run. */
  record Result(Trace trace, long turns, long timers, Duration elapsed, @Nullable String failure) {}

  /** The one that is running in this JVM. */
  static Universe current() {
    return Objects.requireNonNull(current, "no universe is running");
  }

  /** Runs it to its end; a {@link Refusal} if it cannot be simulated. */
  Result run(Scenario scenario) {
    current = this;
    Hooks.forget();
    Hooks.nanos = 0;
    Hooks.nextThread = FIRST_THREAD;
    Hooks.carrier = carrier;
    Hooks.factory = body -> Thread.ofVirtual().name("pool-thread-" + (threads + 1)).unstarted(body);
    try {
      start("main", () -> play(scenario));
      while (!over) {
        turn();
      }
      Throwable refused = Hooks.refused();
      if (refused != null) {
        throw Refusals.of(refused);
      }
      return new Result(trace, turns, fired, elapsed(), failure);
    } finally {
      current = null;
      Hooks.carrier = null;
      Hooks.factory = null;
    }
  }

  private void play(Scenario scenario) {
    try {
      scenario.run(this);
      note("the end");
    } catch (Throwable error) {
      fail(Refusals.line(error));
    }
    over = true;
  }

  private void fail(String why) {
    if (failure == null) {
      failure = why;
    }
    note(why);
    over = true;
  }

  /**
   * A thread ended with something that it threw; an error, such as an assertion's, is a failure.
   */
  void died(Throwable thrown) {
    if (thrown instanceof Error) {
      fail(Refusals.line(thrown));
    } else {
      note("ends with " + Refusals.line(thrown));
    }
  }

  private void turn() {
    wakeFromMonitors();
    Timers.Timer timer = timers.due(now);
    if (timer != null) {
      fire(timer);
      return;
    }
    if (ready.isEmpty()) {
      timer = timers.peek();
      if (timer == null) {
        fail("stuck: no thread can run any more, and no timer is set");
      } else if (timer.at() > LONGEST) {
        fail("endless: a day of virtual time has passed");
      } else {
        now = timer.at();
      }
      return;
    }
    if (++turns > MOST_TURNS) {
      fail("endless: " + MOST_TURNS + " turns of threads");
      return;
    }
    run(ready.remove(ready.size() == 1 ? 0 : choice.nextInt(ready.size())));
    if (Hooks.refused() != null) {
      over = true;
    }
  }

  private void fire(Timers.Timer timer) {
    fired++;
    trace.add(now, 0, null);
    timer.action().run();
  }

  private void run(Task task) {
    now += TURN;
    Hooks.nanos = now;
    Hooks.wallNanos = BEGIN + now + task.life().host().clockAhead;
    trace.add(now, task.number(), null);
    running = task;
    watchdog.turnOf(task.thread());
    task.continuation().run();
    watchdog.turnIsOver();
    running = null;
    if (jdk.ended(task.thread())) {
      tasks.remove(task.thread().threadId());
    } else if (jdk.atMonitor(task.thread())) {
      atMonitors.add(task);
    }
  }

  /** What the JDK's own thread for this would do at a time of its own. */
  private void wakeFromMonitors() {
    if (atMonitors.isEmpty()) {
      return;
    }
    boolean due = false;
    for (Task task : atMonitors) {
      due |= jdk.mayEnter(task.thread());
    }
    if (due) {
      jdk.unblockAll();
    }
    atMonitors.removeIf(task -> !jdk.atMonitor(task.thread()));
  }

  /** A thread can run: it was started, or what it waited for is there. */
  void ready(Host.Life life, Runnable continuation) {
    if (current != this || life.dead) {
      return;
    }
    if (!Thread.currentThread().isVirtual() && Thread.currentThread() != carrier) {
      throw Hooks.refuse(
          "foreign-thread: \"" + Thread.currentThread().getName() + "\" wakes a simulated thread");
    }
    Thread thread = jdk.thread(continuation);
    Task task = tasks.get(thread.threadId());
    if (task == null) {
      task = new Task(++threads, thread, life, continuation);
      tasks.put(thread.threadId(), task);
    }
    queue(task);
  }

  private void queue(Task task) {
    Host host = task.life().host();
    if (host.paused) {
      host.held.add(task);
      return;
    }
    int place = Collections.binarySearch(ready, task);
    if (place < 0) {
      ready.add(-place - 1, task);
    }
  }

  long now() {
    return now;
  }

  Timers.Timer timer(long delay, Runnable action) {
    return timers.add(delay > LONGEST ? 2 * LONGEST : now + delay, action);
  }

  void cancel(Timers.Timer timer) {
    timers.cancel(timer);
  }

  /** The life of the host whose thread is running. */
  Host.Life here() {
    return running == null ? host("main").life() : running.life();
  }

  Host host(String name) {
    Host host = hosts.get(name);
    if (host == null) {
      int number = hosts.size() + 1;
      byte[] address = {10, 0, (byte) (number >> 8), (byte) number};
      try {
        host = new Host(this, name, InetAddress.getByAddress(name, address));
      } catch (UnknownHostException impossible) {
        throw new IllegalStateException(impossible);
      }
      hosts.put(name, host);
    }
    return host;
  }

  /** The host of an address, which may be a loopback one; null if there is none. */
  @Nullable Host host(InetAddress address) {
    if (address.isLoopbackAddress() || address.isAnyLocalAddress()) {
      return here().host();
    }
    return hosts.values().stream()
        .filter(host -> host.address.equals(address))
        .findFirst()
        .orElse(null);
  }

  /** The host of a name that was used before; null if it never was. */
  @Nullable Host known(String name) {
    return hosts.get(name);
  }

  @Override
  public long seed() {
    return seed;
  }

  @Override
  public RandomGenerator random(String site) {
    return KeyedRandom.of(seed, "scenario", site);
  }

  @Override
  public Duration elapsed() {
    return Duration.ofNanos(now);
  }

  @Override
  public Thread start(String name, Body body) {
    Thread thread =
        jdk.newThread(
            host(name).life(),
            name + "-" + (threads + 1),
            () -> {
              try {
                body.run();
              } catch (Exception error) {
                died(error);
              }
            });
    thread.start();
    return thread;
  }

  @Override
  public void kill(String name) {
    note("kill " + name);
    Host host = host(name);
    Host.Life life = host.life();
    life.dead = true;
    ready.removeIf(task -> task.life() == life);
    atMonitors.removeIf(task -> task.life() == life);
    host.held.clear();
    host.paused = false;
    List.copyOf(life.sockets).forEach(SimSocket::close);
  }

  @Override
  public void pause(String name) {
    note("pause " + name);
    Host host = host(name);
    host.paused = true;
    ready.stream().filter(task -> task.life().host() == host).forEach(host.held::add);
    ready.removeAll(host.held);
  }

  @Override
  public void resume(String name) {
    note("resume " + name);
    Host host = host(name);
    host.paused = false;
    List<Task> woken = List.copyOf(host.held);
    host.held.clear();
    woken.forEach(this::queue);
  }

  @Override
  public void cut(String from, String to) {
    note("cut " + from + " " + to);
    network.cut(host(from), host(to));
  }

  @Override
  public void heal(String from, String to) {
    note("heal " + from + " " + to);
    network.heal(host(from), host(to));
  }

  @Override
  public void latency(Duration least, Duration most) {
    network.latency(least.toNanos(), most.toNanos());
  }

  @Override
  public void clock(String name, Duration ahead) {
    note("clock " + name + " " + ahead);
    host(name).clockAhead = ahead.toNanos();
    Hooks.wallNanos = BEGIN + now + here().host().clockAhead;
  }

  @Override
  public void note(String line) {
    trace.add(now, running == null ? 0 : running.number(), line);
  }
}
