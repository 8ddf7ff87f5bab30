package dev.faultline.harness.crash;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.run.CallLog;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A harness in a process of its own, with its own directory for temporary files. */
final class Child {
  private static final Duration BEGINS_WITHIN = Duration.ofSeconds(60);

  /** Bytes that a history has when its main phase has begun. */
  private static final long A_FEW_LINES = 4_000;

  private final Path work;
  private final String name;
  private final Process process;

  private Child(Path work, String name, Process process) {
    this.work = work;
    this.name = name;
    this.process = process;
  }

  /**
   * Starts the command line as {@code run ARGUMENTS --out WORK/NAME}.
   *
   * @param main the command line's class
   */
  static Child run(Class<?> main, List<String> arguments, Path work, String name) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData"));
    command.add("-Djava.io.tmpdir=" + work.resolve(name + ".tmp"));
    command.add("-D" + CallLog.PROPERTY + "=" + work.resolve(name + ".calls"));
    command.add("-Dfaultline.root=" + System.getProperty("faultline.root", ""));
    command.add(main.getName());
    command.add("run");
    command.addAll(arguments);
    command.addAll(List.of("--out", work.resolve(name).toString(), "--quiet"));
    try {
      Files.createDirectories(work.resolve(name + ".tmp"));
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
      builder.environment().putIfAbsent("TESTCONTAINERS_RYUK_DISABLED", "true");
      builder.environment().putIfAbsent("TESTCONTAINERS_HOST_OVERRIDE", "localhost");
      File out = work.resolve(name + ".out").toFile();
      builder.redirectErrorStream(true).redirectOutput(Redirect.to(out));
      builder.redirectInput(Redirect.from(new File("/dev/null")));
      return new Child(work, name, builder.start());
    } catch (IOException e) {
      throw new EnvironmentException(work + ": cannot start a harness: " + e.getMessage(), e);
    }
  }

  Path directory() {
    return work.resolve(name);
  }

  Path calls() {
    return work.resolve(name + ".calls");
  }

  Path temporary() {
    return work.resolve(name + ".tmp");
  }

  /** Waits until the run has a directory with its plan. */
  void awaitPlan() throws InterruptedException {
    await("run.json", 1);
  }

  /** Waits until the run has begun to record operations. */
  void awaitOperations() throws InterruptedException {
    await("history.jsonl", A_FEW_LINES);
  }

  /** Waits until the receipt of a pause is recorded. */
  void awaitPause() throws InterruptedException {
    awaitOperations();
    long end = System.nanoTime() + BEGINS_WITHIN.toNanos();
    while (!pauseIsRecorded()) {
      if (!process.isAlive() || System.nanoTime() - end > 0) {
        throw new EnvironmentException(
            "nothing was paused; see "
                + work.resolve(name + ".out")
                + ", or choose another target");
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  private boolean pauseIsRecorded() {
    try (Stream<String> lines = Files.lines(directory().resolve("history.jsonl"))) {
      return lines.anyMatch(
          line -> line.contains("\"f\":\"pause\"") && line.contains("\"phase\":\"effect\""));
    } catch (IOException e) {
      throw new EnvironmentException(directory() + ": " + e.getMessage(), e);
    }
  }

  /** Sends a signal such as {@code -STOP}. */
  void signal(String signal) throws InterruptedException {
    try {
      Process kill = new ProcessBuilder("kill", signal, Long.toString(process.pid())).start();
      if (kill.waitFor() != 0) {
        throw new EnvironmentException("kill " + signal + " " + process.pid() + " failed");
      }
    } catch (IOException e) {
      throw new EnvironmentException("kill " + signal + ": " + e.getMessage(), e);
    }
  }

  private void await(String file, long bytes) throws InterruptedException {
    long end = System.nanoTime() + BEGINS_WITHIN.toNanos();
    while (size(directory().resolve(file)) < bytes) {
      if (!process.isAlive() || System.nanoTime() - end > 0) {
        throw new EnvironmentException("the run did not begin; see " + work.resolve(name + ".out"));
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  private static long size(Path file) {
    try {
      return Files.exists(file) ? Files.size(file) : 0;
    } catch (IOException notYet) {
      return 0;
    }
  }

  /** Waits for its end; false if it has not ended by then. */
  boolean awaitEnd(Duration within) throws InterruptedException {
    return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
  }

  int exit() {
    return process.exitValue();
  }

  /** What it has started and what those have started. */
  List<ProcessHandle> descendants() {
    return process.descendants().toList();
  }

  /** SIGKILL; returns when it is dead. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }
}
