package dev.faultline.local;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.warden.Processes;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;

/** Stops and continues processes, and waits for the kernel to show it. */
final class Signals {
  private static final Duration SHOWN_WITHIN = Duration.ofSeconds(3);

  private Signals() {}

  static boolean available() {
    String path = System.getenv("PATH");
    if (path != null) {
      for (String directory : path.split(File.pathSeparator)) {
        if (!directory.isEmpty() && Files.isExecutable(Path.of(directory, "kill"))) {
          return true;
        }
      }
    }
    return false;
  }

  /** SIGSTOP; returns the state that the kernel shows then: {@code T}. */
  static char stop(String node, long pid) throws InterruptedException {
    send(node, "-STOP", pid);
    return await(node, pid, state -> state == 'T', "stopped");
  }

  /** SIGCONT; returns the state that the kernel shows then: any but {@code T}. */
  static char resume(String node, long pid) throws InterruptedException {
    send(node, "-CONT", pid);
    return await(node, pid, state -> state != 'T', "going on");
  }

  private static char await(String node, long pid, IntPredicate wanted, String what)
      throws InterruptedException {
    long end = System.nanoTime() + SHOWN_WITHIN.toNanos();
    while (true) {
      char state = Processes.state(pid);
      if (state == Processes.GONE || state == 'Z') {
        throw new EnvironmentException(
            "%s: process %d has ended, so it cannot be shown %s".formatted(node, pid, what));
      }
      if (wanted.test(state)) {
        return state;
      }
      if (System.nanoTime() - end >= 0) {
        throw new EnvironmentException(
            "%s: process %d is not %s after %d s; the kernel shows %c"
                .formatted(node, pid, what, SHOWN_WITHIN.toSeconds(), state));
      }
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  private static void send(String node, String signal, long pid) throws InterruptedException {
    try {
      Process kill =
          new ProcessBuilder("kill", signal, Long.toString(pid))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        if (!kill.waitFor(SHOWN_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
            || kill.exitValue() != 0) {
          throw new EnvironmentException(
              "%s: kill %s %d did not succeed".formatted(node, signal, pid));
        }
      } finally {
        kill.destroyForcibly();
      }
    } catch (IOException e) {
      throw new EnvironmentException(
          "%s: kill %s %d: %s".formatted(node, signal, pid, e.getMessage()), e);
    }
  }
}
