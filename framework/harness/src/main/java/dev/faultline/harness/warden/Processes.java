package dev.faultline.harness.warden;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What the operating system shows of processes: from {@code /proc} where there is one, else from
 * {@code ps} and {@link ProcessHandle}.
 */
public final class Processes {
  /** The state of a process that does not exist. */
  public static final char GONE = '-';

  private static final Path PROC = Path.of("/proc");
  private static final boolean HAS_PROC = Files.isReadable(PROC.resolve("self/stat"));
  private static final long TOOL_SECONDS = 5;

  /** Java reckons start times from the boot time, which each JVM reads anew in whole seconds. */
  private static final Duration START_ERROR = Duration.ofSeconds(2);

  private Processes() {}

  /**
   * The letter that the kernel shows: {@code R}, {@code S}, {@code T} for stopped, {@code Z} for a
   * dead process whose parent has not asked yet, …; {@link #GONE} when there is none.
   */
  public static char state(long pid) {
    String shown = HAS_PROC ? procState(pid) : run("ps", "-o", "state=", "-p", Long.toString(pid));
    return shown.isEmpty() ? GONE : shown.charAt(0);
  }

  /** Whether it runs or is stopped; a zombie is dead. */
  public static boolean alive(long pid) {
    return switch (state(pid)) {
      case GONE, 'Z', 'X', 'x' -> false;
      default -> true;
    };
  }

  /** Waits until a process is dead; false if it still lives after this time. */
  public static boolean awaitDeath(long pid, Duration within) throws InterruptedException {
    long end = System.nanoTime() + within.toNanos();
    while (alive(pid)) {
      if (System.nanoTime() - end >= 0) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
    return true;
  }

  /** The words of a process's command line; empty when they cannot be read. */
  public static List<String> arguments(ProcessHandle process) {
    if (HAS_PROC) {
      try {
        Path file = PROC.resolve(Long.toString(process.pid())).resolve("cmdline");
        return List.of(Files.readString(file, StandardCharsets.ISO_8859_1).split("\0"));
      } catch (IOException goneOrForeign) {
        return List.of();
      }
    }
    return process
        .info()
        .arguments()
        .map(Arrays::asList)
        .or(() -> process.info().commandLine().map(line -> Arrays.asList(line.split(" "))))
        .orElse(List.of());
  }

  /**
   * Whether the process that had this id when {@code child} was started still lives: an id that was
   * given again belongs to a younger process than the child.
   */
  public static boolean parentLives(long pid, Instant child) {
    if (!alive(pid)) {
      return false;
    }
    Optional<Instant> started = ProcessHandle.of(pid).flatMap(p -> p.info().startInstant());
    return started.isEmpty() || !started.get().isAfter(child.plus(START_ERROR));
  }

  /** Whether a process is the one that was started at that time, as another JVM saw it. */
  static boolean startedAt(ProcessHandle process, Instant start) {
    Optional<Instant> started = process.info().startInstant();
    return started.isEmpty()
        || Duration.between(started.get(), start).abs().compareTo(START_ERROR) <= 0;
  }

  private static String procState(long pid) {
    try {
      Path file = PROC.resolve(Long.toString(pid)).resolve("stat");
      String stat = Files.readString(file, StandardCharsets.ISO_8859_1);
      // The name before the state is in parentheses and may itself hold blanks and parentheses.
      return stat.substring(stat.lastIndexOf(')') + 1).strip();
    } catch (NoSuchFileException gone) {
      return "";
    } catch (IOException e) {
      // A process that ends while its file is read gives ESRCH.
      return "";
    }
  }

  private static String run(String... command) {
    try {
      Process tool = new ProcessBuilder(command).redirectErrorStream(true).start();
      try {
        tool.getOutputStream().close();
        if (!tool.waitFor(TOOL_SECONDS, TimeUnit.SECONDS)) {
          throw new IllegalStateException(String.join(" ", command) + " does not end");
        }
        return new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      } finally {
        tool.destroyForcibly();
      }
    } catch (IOException e) {
      throw new IllegalStateException(String.join(" ", command) + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
