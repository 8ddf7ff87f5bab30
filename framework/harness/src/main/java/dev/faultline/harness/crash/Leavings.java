package dev.faultline.harness.crash;

import dev.faultline.harness.Warden;
import dev.faultline.harness.run.Catalog;
import dev.faultline.harness.warden.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What a dead harness left: its processes, what environments find of its run, temporary files. */
final class Leavings {
  private static final Duration LOOK = Duration.ofMillis(100);

  private final String run;
  private final List<ProcessHandle> processes;
  private final Path temporary;

  /**
   * @param processes everything that the harness had started, directly or not
   * @param temporary its own directory for temporary files
   */
  Leavings(String run, List<ProcessHandle> processes, Path temporary) {
    this.run = run;
    this.processes = List.copyOf(processes);
    this.temporary = temporary;
  }

  /** Waits until nothing is left, or this time is over; then what still is. */
  List<String> after(Duration within) throws InterruptedException {
    long end = System.nanoTime() + within.toNanos();
    List<String> left = now();
    while (!left.isEmpty() && System.nanoTime() - end < 0) {
      TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
      left = now();
    }
    return left;
  }

  private List<String> now() {
    List<String> left = new ArrayList<>();
    for (ProcessHandle process : processes) {
      if (process.isAlive() && Processes.alive(process.pid())) {
        left.add(
            "process " + process.pid() + " " + process.info().command().orElse("of unknown name"));
      }
    }
    if (!left.isEmpty()) {
      return left;
    }
    for (Warden.Leftovers environment : Catalog.leftovers()) {
      environment.find().stream()
          .filter(what -> what.endsWith(" of run " + run))
          .forEach(left::add);
    }
    try (Stream<Path> files = Files.list(temporary)) {
      files.forEach(file -> left.add("file " + file));
    } catch (IOException e) {
      left.add(temporary + ": " + e.getMessage());
    }
    return left;
  }
}
