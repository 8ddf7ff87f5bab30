package dev.faultline.harness.gate;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.warden.JvmCommand;
import dev.faultline.json.Json;
import dev.faultline.json.JsonException;
import dev.faultline.json.JsonView;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A JVM with other flags than this one, which runs schedules in the order in which it is asked. It
 * ends with the pipe that it is asked through, however this JVM ends.
 */
final class SecondJvm implements AutoCloseable {
  /** For one schedule, interpreted, and for the start: far beyond what is usual. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final int HEAP_MEGABYTES = 512;
  private static final String ENDED = "";

  private final Process process;
  private final List<String> flags;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

  private SecondJvm(Process process, List<String> flags) {
    this.process = process;
    this.flags = flags;
    Thread unused =
        Thread.ofPlatform().daemon().name("second-jvm").start(() -> listen(process, answers));
  }

  /**
   * Starts it.
   *
   * @throws EnvironmentException if no process can be started
   */
  static SecondJvm start() {
    // Interpreted, and with another collector: the serial one, unless that is this JVM's own.
    boolean serial =
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .anyMatch(c -> c.getName().equals("MarkSweepCompact"));
    List<String> flags = List.of("-Xint", serial ? "-XX:+UseParallelGC" : "-XX:+UseSerialGC");
    ProcessBuilder builder = JvmCommand.flagged(SecondMain.class, HEAP_MEGABYTES, flags);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    try {
      return new SecondJvm(builder.start(), flags);
    } catch (IOException e) {
      throw new EnvironmentException(
          "cannot start a second JVM: " + e.getMessage() + "; a JDK is needed", e);
    }
  }

  private static void listen(Process process, BlockingQueue<String> answers) {
    try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        answers.add(line);
      }
    } catch (IOException broken) {
      // As good as its end.
    }
    answers.add(ENDED);
  }

  Process process() {
    return process;
  }

  List<String> flags() {
    return flags;
  }

  /** Asks for a schedule; {@link #answer} gives what came of it. */
  void ask(Ask ask) {
    try {
      OutputStream out = process.getOutputStream();
      out.write((Json.write(ask.toJson()) + "\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      throw gone();
    }
  }

  /** What came of the schedule that was asked for first and is not answered yet. */
  Figures answer() {
    try {
      String line = answers.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (line == null) {
        throw new EnvironmentException(
            "second JVM (%s): no answer within %d s; ask for fewer or shorter schedules"
                .formatted(String.join(" ", flags), PATIENCE.toSeconds()));
      }
      if (line.equals(ENDED)) {
        throw gone();
      }
      JsonView view = JsonView.parse("answer of the second JVM", line);
      JsonView trouble = view.find("trouble");
      if (trouble != null) {
        throw new EnvironmentException("second JVM: " + trouble.string());
      }
      return Figures.fromJson(view);
    } catch (JsonException e) {
      throw new EnvironmentException(String.valueOf(e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EnvironmentException("interrupted while the second JVM ran", e);
    }
  }

  /** One schedule, when nothing else is asked for. */
  Figures perform(Ask ask) {
    ask(ask);
    return answer();
  }

  private EnvironmentException gone() {
    return new EnvironmentException(
        "second JVM (%s): it has ended; see what it wrote above"
            .formatted(String.join(" ", flags)));
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
