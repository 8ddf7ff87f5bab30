package dev.faultline.harness.warden;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.Warden;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The harness's side of the warden: starts {@link WardenMain} and holds the write end of the pipe
 * that it reads. The pipe breaks however the harness ends, and then the warden cleans up; after
 * {@link #close} it touches nothing.
 */
public final class ProcessWarden implements Warden, AutoCloseable {
  private static final Duration CLOSE = Duration.ofSeconds(5);
  private static final int HEAP_MEGABYTES = 128;

  private final Process process;
  private final OutputStream pipe;

  private ProcessWarden(Process process) {
    this.process = process;
    this.pipe = process.getOutputStream();
  }

  /**
   * Starts a warden for one run.
   *
   * @throws EnvironmentException if no process can be started
   */
  public static ProcessWarden start(String runId) {
    ProcessBuilder builder =
        JvmCommand.of(
            WardenMain.class,
            HEAP_MEGABYTES,
            Map.of("dev.faultline.warden", runId),
            List.of(),
            List.of(Long.toString(ProcessHandle.current().pid())));
    // It must not hold the harness's output open: a shell may wait for its end.
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      return new ProcessWarden(builder.start());
    } catch (IOException e) {
      throw new EnvironmentException(
          "run " + runId + ": cannot start the warden: " + e.getMessage() + "; a JDK is needed", e);
    }
  }

  /** The id of the warden's own process. */
  public long pid() {
    return process.pid();
  }

  @Override
  public void process(long pid) {
    Optional<Instant> started = ProcessHandle.of(pid).flatMap(p -> p.info().startInstant());
    tell("process " + pid + " " + started.map(Instant::toEpochMilli).orElse(0L));
  }

  @Override
  public void directory(Path directory) {
    tell("directory " + directory.toAbsolutePath().normalize());
  }

  @Override
  public void leftovers(String leftoversId, String runId) {
    tell("leftovers " + leftoversId + " " + runId);
  }

  @Override
  public void renew(Duration lease) {
    tell("lease " + lease.toMillis());
  }

  /** The orderly end: everything was stopped, the warden goes and touches nothing. Bounded. */
  @Override
  public void close() {
    try {
      tell("release");
      pipe.close();
      if (!process.waitFor(CLOSE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (EnvironmentException | IOException alreadyGone) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void tell(String line) {
    if (line.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("a line break in '" + line + "'");
    }
    try {
      pipe.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      pipe.flush();
    } catch (IOException e) {
      throw new EnvironmentException(
          "warden, process %d: it is gone (%s), so nothing would clean up after a killed run; try again"
              .formatted(process.pid(), e.getMessage()),
          e);
    }
  }
}
