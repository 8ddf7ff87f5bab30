package dev.faultline.local;

import dev.faultline.harness.Environment;
import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.Warden;
import dev.faultline.harness.warden.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One party of a run as an operating-system process, over all its incarnations. Calls block, each
 * within a bound, one after the other. An end that nobody asked for is reported as the event {@code
 * crashed}.
 */
final class LocalProcess {
  private static final Duration DEAD_WITHIN = Duration.ofSeconds(3);
  private static final Duration STOPS_WITHIN = Duration.ofMillis(500);

  /** How long a process that is asked to end may take. */
  private static final Duration ASKED_WITHIN = Duration.ofSeconds(10);

  private static final Duration HEARD_WITHIN = Duration.ofSeconds(1);

  private final String name;
  private final Role role;
  private final Path log;
  private final Warden warden;
  private final EventCount events;
  private final ReentrantLock turn = new ReentrantLock();

  private int incarnations;
  private volatile @Nullable Incarnation current;
  private volatile boolean closed;

  /** One start of the process. */
  private static final class Incarnation {
    private final Process process;
    private final int number;
    private final long logFrom;
    private volatile boolean paused;
    private volatile boolean endAsked;

    Incarnation(Process process, int number, long logFrom) {
      this.process = process;
      this.number = number;
      this.logFrom = logFrom;
    }
  }

  LocalProcess(String name, Role role, Path log, Warden warden, EventCount events) {
    this.name = name;
    this.role = role;
    this.log = log;
    this.warden = warden;
    this.events = events;
  }

  /** Counts what a node said, so that what is said of it gets the next number. */
  static final class EventCount implements Environment.NodeEvents {
    private final Environment.NodeEvents to;
    private final Map<String, Long> last = new LinkedHashMap<>();

    EventCount(Environment.NodeEvents to) {
      this.to = to;
    }

    @Override
    public void event(
        String node, int incarnation, long seq, String name, Map<String, @Nullable Object> facts) {
      synchronized (this) {
        last.put(node + "/" + incarnation, seq);
      }
      to.event(node, incarnation, seq, name, facts);
    }

    void crashed(String node, int incarnation, String why) {
      long seq;
      synchronized (this) {
        seq = last.merge(node + "/" + incarnation, 1L, Long::sum);
      }
      Map<String, @Nullable Object> facts = new LinkedHashMap<>();
      facts.put("why", why);
      to.event(node, incarnation, seq, "crashed", facts);
    }
  }

  /** Which process it is now, and where its log is. */
  synchronized String place() {
    Incarnation now = current;
    return (now == null ? "not started" : "process " + now.process.pid()) + ", log " + log;
  }

  /** Starts the process; returns when it listens. */
  void launch(Duration within) {
    locked(() -> {
      Incarnation before = current;
      if (closed) {
        throw new EnvironmentException(name + ": the run is over");
      }
      if (before != null && before.process.isAlive()) {
        throw new EnvironmentException(name + " runs already, as process " + before.process.pid());
      }
      incarnations++;
      ProcessBuilder builder = role.command(incarnations);
      builder.redirectErrorStream(true);
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      Process fresh;
      long logFrom;
      try {
        Files.createDirectories(log.toAbsolutePath().getParent());
        logFrom = Files.exists(log) ? Files.size(log) : 0;
        fresh = builder.start();
      } catch (IOException e) {
        throw new EnvironmentException(
            "%s: cannot start a process: %s".formatted(name, e.getMessage()), e);
      }
      Incarnation now = new Incarnation(fresh, incarnations, logFrom);
      current = now;
      warden.process(fresh.pid());
      fresh.getOutputStream().close();
      var unused = fresh.onExit().thenRunAsync(() -> ended(now));
      unlessItEnds(now, within, () -> role.connect(within));
      return facts();
    });
  }

  /** Lets what runs in it begin. */
  void begin(Duration within) {
    locked(() -> {
      unlessItEnds(running(), within, () -> role.begin(within));
      return facts();
    });
  }

  /** SIGKILL. */
  Map<String, @Nullable Object> kill() {
    return locked(() -> {
      Incarnation now = running();
      Process victim = now.process;
      now.endAsked = true;
      victim.destroyForcibly();
      if (!Processes.awaitDeath(victim.pid(), DEAD_WITHIN)
          || !victim.waitFor(DEAD_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new EnvironmentException(
            "%s: process %d is still there %d s after SIGKILL"
                .formatted(name, victim.pid(), DEAD_WITHIN.toSeconds()));
      }
      return facts("pid", victim.pid(), "exit", victim.exitValue(), "gone", true);
    });
  }

  /** Asks it to end, and waits till it has. */
  Map<String, @Nullable Object> stop() {
    return locked(() -> {
      Incarnation now = running();
      Process asked = now.process;
      now.endAsked = true;
      role.stop();
      if (!asked.waitFor(ASKED_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new EnvironmentException(
            "%s: process %d is still there %d s after it was asked to end; see %s"
                .formatted(name, asked.pid(), ASKED_WITHIN.toSeconds(), log));
      }
      return facts("pid", asked.pid(), "exit", asked.exitValue(), "gone", true);
    });
  }

  /** Lets it die while it has something unsynced. */
  Map<String, @Nullable Object> strike(boolean torn) {
    return locked(() -> {
      Incarnation now = running();
      Process victim = now.process;
      now.endAsked = true;
      long lost = role.strike(torn);
      if (!victim.waitFor(DEAD_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new EnvironmentException(
            "%s: process %d is still there after its disk's failure".formatted(name, victim.pid()));
      }
      return facts("pid", victim.pid(), "exit", victim.exitValue(), "gone", true, "lost", lost);
    });
  }

  /** Starts the next incarnation. */
  Map<String, @Nullable Object> restart(Duration within) {
    long began = System.nanoTime();
    launch(within);
    begin(within);
    return locked(() -> {
      Map<String, @Nullable Object> facts =
          facts(
              "pid",
              running().process.pid(),
              "incarnation",
              incarnations,
              "nanos",
              System.nanoTime() - began);
      facts.putAll(role.wiped());
      return facts;
    });
  }

  /** SIGSTOP. */
  Map<String, @Nullable Object> pause() {
    return locked(() -> {
      Incarnation now = running();
      now.paused = true;
      long pid = now.process.pid();
      return facts("pid", pid, "state", String.valueOf(Signals.stop(name, pid)));
    });
  }

  /** SIGCONT. */
  Map<String, @Nullable Object> resume() {
    return locked(() -> {
      Incarnation now = running();
      long pid = now.process.pid();
      char state = Signals.resume(name, pid);
      now.paused = false;
      return facts("pid", pid, "state", String.valueOf(state));
    });
  }

  /** Whether it was stopped and has not been let go on. */
  boolean isPaused() {
    Incarnation now = current;
    return now != null && now.paused && now.process.isAlive();
  }

  /** Ends it, gracefully if it can; what is left over is named, else the text is empty. */
  String close() {
    closed = true;
    // Whoever holds the turn fails soon when the process is gone.
    boolean mine = false;
    try {
      mine = turn.tryLock(STOPS_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
      Incarnation now = current;
      if (now == null) {
        return "";
      }
      now.endAsked = true;
      Process last = now.process;
      if (mine && !now.paused && last.isAlive()) {
        role.stop();
        last.waitFor(STOPS_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
      }
      last.destroyForcibly();
      return last.waitFor(DEAD_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
          ? ""
          : name + ", process " + last.pid();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return name + ": interrupted";
    } finally {
      if (mine) {
        turn.unlock();
      }
    }
  }

  private void ended(Incarnation which) {
    if (which.endAsked) {
      return;
    }
    try {
      role.ended().get(HEARD_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException notAllWasHeard) {
      // The crash is told all the same; its number may then be too low.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // Decided a second time: it may have been asked meanwhile, by an end of all.
    if (!which.endAsked) {
      events.crashed(
          name, which.number, LogTail.why(which.process.exitValue(), log, which.logFrom));
    }
  }

  private Incarnation running() {
    Incarnation now = current;
    if (now == null || !now.process.isAlive()) {
      throw new EnvironmentException(
          "%s is not running; it was %s"
              .formatted(
                  name,
                  now == null
                      ? "never started"
                      : now.endAsked ? "killed" : "not asked to end; see " + log));
    }
    return now;
  }

  private interface Talk {
    void run() throws IOException;
  }

  /** Talks to the process for as long as it lives. */
  private void unlessItEnds(Incarnation with, Duration within, Talk talk)
      throws InterruptedException {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread talking =
        Thread.ofVirtual()
            .name("talk to " + name)
            .start(() -> {
              try {
                talk.run();
                done.complete(null);
              } catch (IOException | RuntimeException e) {
                done.completeExceptionally(e);
              }
            });
    try {
      CompletableFuture.anyOf(done, with.process.onExit())
          .get(within.toMillis() + DEAD_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
      if (!done.isDone()) {
        throw new EnvironmentException(
            "%s: its process ended at once: %s; see %s"
                .formatted(name, LogTail.why(with.process.exitValue(), log, with.logFrom), log));
      }
    } catch (ExecutionException | TimeoutException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new EnvironmentException(
          "%s does not answer within %d ms: %s; see %s"
              .formatted(name, within.toMillis(), cause.getMessage(), log),
          cause);
    } finally {
      talking.interrupt();
    }
  }

  private interface Act {
    Map<String, @Nullable Object> run() throws IOException, InterruptedException;
  }

  private Map<String, @Nullable Object> locked(Act act) {
    try {
      turn.lockInterruptibly();
      try {
        return act.run();
      } finally {
        turn.unlock();
      }
    } catch (IOException e) {
      throw new EnvironmentException(name + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EnvironmentException(name + ": interrupted", e);
    }
  }

  private static Map<String, @Nullable Object> facts(Object... facts) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = 0; i < facts.length; i += 2) {
      Object value = facts[i + 1];
      map.put((String) facts[i], value instanceof Integer n ? Long.valueOf(n) : value);
    }
    return map;
  }
}
