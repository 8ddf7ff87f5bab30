package dev.faultline.containers;

import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.exception.DockerException;
import dev.faultline.harness.EnvironmentException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One container of a run, over all incarnations of its process. Its calls wait, and are meant for
 * {@link Engine#ask}; of one member, one at a time.
 */
final class Member {
  private static final Duration DEATH = Duration.ofSeconds(10);
  private static final int FREEZE_TRIES = 3;
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private final String name;
  private final Engine engine;
  private final Box box;
  private final Life life;
  private final Path log;
  private final LogFollower follower;
  private int incarnation;
  private volatile boolean endIsPlanned;
  private volatile CompletableFuture<Void> silent = CompletableFuture.completedFuture(null);

  Member(String name, Engine engine, Box box, Life life, Path log) {
    this.name = name;
    this.engine = engine;
    this.box = box;
    this.life = life;
    this.log = log;
    this.follower = new LogFollower(engine.client(), log, life::line);
  }

  /** Starts it and waits until it is of use. */
  synchronized void start(Duration within) {
    long end = System.nanoTime() + within.toNanos();
    try {
      incarnation = 1;
      life.prepare(incarnation);
      box.start();
      begun(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
    } catch (IOException | RuntimeException e) {
      throw failed("start", e);
    }
  }

  /** Lets it begin its work, when all others have started. */
  synchronized void begin(Duration within) {
    try {
      life.begin(within);
    } catch (IOException | RuntimeException e) {
      throw failed("start", e);
    }
  }

  private void begun(Duration within) throws IOException {
    long pid = pid(state());
    life.running(pid);
    silent = new CompletableFuture<>();
    follow(incarnation, silent);
    life.started(incarnation, within);
  }

  /** SIGKILL; the engine keeps the container with its files. */
  synchronized Map<String, @Nullable Object> kill() {
    long pid = pid(state());
    try {
      endIsPlanned = true;
      engine.client().killContainerCmd(id()).withSignal("KILL").exec();
      ContainerState state = awaitDeath("SIGKILL");
      silent.get(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
      return proof(pid, state);
    } catch (TimeoutException logStillOpen) {
      return proof(pid, state());
    } catch (Exception e) {
      throw failed("kill", e);
    }
  }

  /** Lets it die while it has something unsynced. */
  synchronized Map<String, @Nullable Object> strike(boolean torn) {
    long pid = pid(state());
    try {
      endIsPlanned = true;
      long lost = life.strike(torn);
      Map<String, @Nullable Object> proof = proof(pid, awaitDeath("its disk's failure"));
      proof.put("lost", lost);
      return proof;
    } catch (Exception e) {
      throw failed("kill", e);
    }
  }

  /** Asks it to end, real systems by SIGTERM, and waits till it has. */
  synchronized Map<String, @Nullable Object> stop() {
    long pid = pid(state());
    try {
      endIsPlanned = true;
      if (!life.stop()) {
        engine.client().killContainerCmd(id()).withSignal("TERM").exec();
      }
      ContainerState state = awaitDeath("it was asked to end");
      Map<String, @Nullable Object> proof = proof(pid, state);
      proof.put("exit", state.getExitCodeLong());
      return proof;
    } catch (Exception e) {
      throw failed("stop", e);
    }
  }

  synchronized Map<String, @Nullable Object> restart(Duration within) {
    try {
      incarnation++;
      life.prepare(incarnation);
      endIsPlanned = false;
      engine.client().startContainerCmd(id()).exec();
      begun(within);
      life.begin(within);
      ContainerState state = state();
      Map<String, @Nullable Object> proof = proof(pid(state), state);
      proof.putAll(life.wiped());
      return proof;
    } catch (IOException | RuntimeException e) {
      throw failed("restart", e);
    }
  }

  /** The freezer: all processes of the container at once. */
  synchronized Map<String, @Nullable Object> pause() {
    try {
      freeze();
      return expected("paused", state());
    } catch (RuntimeException e) {
      throw failed("pause", e);
    }
  }

  /** On a busy machine the engine may give up after some seconds, and thaws all again. */
  private void freeze() {
    for (int tries = 1; ; tries++) {
      try {
        engine.client().pauseContainerCmd(id()).exec();
        return;
      } catch (DockerException e) {
        if (tries == FREEZE_TRIES || !String.valueOf(e.getMessage()).contains("unable to freeze")) {
          throw e;
        }
      }
    }
  }

  synchronized Map<String, @Nullable Object> resume() {
    try {
      engine.client().unpauseContainerCmd(id()).exec();
      return expected("running", state());
    } catch (RuntimeException e) {
      throw failed("resume", e);
    }
  }

  /** Runs a program beside its process; also while something else is done to it. */
  Engine.Said execute(String... command) {
    return engine.execute(id(), command);
  }

  /** From now on its end is nobody's finding. */
  void release() {
    endIsPlanned = true;
    life.close();
  }

  /** Removes the container; whether it is gone. */
  boolean remove() {
    String id = box.getContainerId();
    boolean gone = id == null || engine.removeContainer(id);
    follower.close();
    return gone;
  }

  private void follow(int of, CompletableFuture<Void> end) {
    // The engine's client interrupts the thread that tells of the end.
    follower.follow(id(), () -> end.completeAsync(() -> null, Engine.THREADS));
    CompletableFuture<Void> unused = end.thenRun(() -> judgeEnd(of));
  }

  /** The log has ended: the process is dead, or the engine hung up. */
  private void judgeEnd(int of) {
    if (endIsPlanned) {
      return;
    }
    try {
      ContainerState state = state();
      for (int i = 0; i < 20 && running(state); i++) {
        TimeUnit.MILLISECONDS.sleep(50);
        state = state();
      }
      if (running(state)) {
        silent = new CompletableFuture<>();
        follow(of, silent);
      } else if (!endIsPlanned) {
        life.died(why(state));
      }
    } catch (DockerException gone) {
      // Removed: the run is over.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String why(ContainerState state) {
    long code = state.getExitCodeLong() == null ? -1 : state.getExitCodeLong();
    String memory = Boolean.TRUE.equals(state.getOOMKilled()) ? ", out of memory" : "";
    return code > 128 && code < 160
        ? "signal " + (code - 128) + memory
        : "exit code " + code + memory;
  }

  private ContainerState awaitDeath(String after) throws InterruptedException {
    long end = System.nanoTime() + DEATH.toNanos();
    ContainerState state = state();
    while (running(state)) {
      if (System.nanoTime() > end) {
        throw new EnvironmentException(
            "still runs %d s after %s".formatted(DEATH.toSeconds(), after));
      }
      TimeUnit.MILLISECONDS.sleep(10);
      state = state();
    }
    return state;
  }

  private Map<String, @Nullable Object> expected(String wanted, ContainerState state) {
    if (!wanted.equals(state.getStatus())) {
      throw new EnvironmentException("the engine shows it " + state.getStatus());
    }
    return proof(pid(state), state);
  }

  private static Map<String, @Nullable Object> proof(long pid, ContainerState state) {
    Map<String, @Nullable Object> proof = new LinkedHashMap<>();
    proof.put("pid", pid);
    proof.put("state", state.getStatus());
    return proof;
  }

  private ContainerState state() {
    return engine.state(id());
  }

  private static boolean running(ContainerState state) {
    return Boolean.TRUE.equals(state.getRunning());
  }

  private long pid(ContainerState state) {
    if (!running(state)) {
      throw new EnvironmentException("it runs not: " + why(state));
    }
    return state.getPidLong() == null ? 0 : state.getPidLong();
  }

  private String id() {
    String id = box.getContainerId();
    if (id == null) {
      throw new EnvironmentException("it has no container yet");
    }
    return id;
  }

  private EnvironmentException failed(String what, Exception e) {
    if (e instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    String message = Engine.failure(what, Engine.BOUND, e).getMessage();
    return new EnvironmentException(name + ", " + what + ": " + message + "; see " + log, e);
  }
}
