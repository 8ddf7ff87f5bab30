package dev.faultline.cli;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.run.RecordBench;
import dev.faultline.harness.run.RecordBench.Counted;
import dev.faultline.harness.run.RecordBench.Round;
import dev.faultline.harness.warden.Directories;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code faultline bench record}: how many operations a second are recorded. */
@Command(
    name = "record",
    sortOptions = false,
    description = {
      "Operations a second that a run records, and the same load recorded nowhere.%n",
      "A target in memory, clients on threads of their own, faults every 300 ms; each round with "
          + "the file read again at its end, and counted against the target's own count. Exits with "
          + "1 if an operation is missing or the rate is below --least.%n"
    })
final class BenchRecordCommand implements Callable<Integer> {
  private static final long BURST = 1_000_000;

  private final Root root;

  @Option(names = "--clients", paramLabel = "N", description = "At once; 64.")
  private int clients = 64;

  @Option(names = "--time", paramLabel = "TIME", description = "Of each round; 3s.")
  private Duration time = Duration.ofSeconds(3);

  @Option(names = "--rounds", paramLabel = "N", description = "With and without recording; 3.")
  private int rounds = 3;

  @Option(names = "--least", paramLabel = "N", description = "Operations a second; 200000.")
  private double least = 200_000;

  BenchRecordCommand(Root root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    Path work = directory();
    try {
      return measure(work) ? 0 : 1;
    } catch (IOException e) {
      throw new EnvironmentException(work + ": " + e.getMessage(), e);
    } finally {
      boolean unused = Directories.delete(work);
    }
  }

  private boolean measure(Path work) throws IOException {
    RecordBench bench = new RecordBench(clients, time);
    Round unused = bench.unrecorded(0);
    double best = 0;
    boolean whole = true;
    for (int i = 1; i <= rounds; i++) {
      Round off = bench.unrecorded(i);
      Path file = work.resolve("history-" + i + ".jsonl");
      Round on = bench.recorded(file, i);
      Counted counted = RecordBench.count(file);
      boolean same =
          counted.invocations() == on.operations()
              && counted.completions() >= on.operations()
              && on.calls() == on.operations();
      whole &= same;
      best = Math.max(best, on.rate());
      say(
          String.format(
              Locale.ROOT,
              "%9.0f/s recorded  %9.0f/s not  ratio %.2f  %,d operations, %d faults, %,.0f MB, %s",
              on.rate(),
              off.rate(),
              on.rate() / off.rate(),
              on.operations(),
              on.faults(),
              Files.size(file) / 1e6,
              same ? "none lost" : "LOST: " + counted + ", calls " + on.calls()));
      Files.delete(file);
    }
    double warm = RecordBench.burst(work.resolve("warm"), BURST);
    double burst = RecordBench.burst(work.resolve("burst"), BURST);
    say(
        String.format(
            Locale.ROOT,
            "%9.0f/s the recorder alone, in a burst of %,d; peak heap %,d MB",
            Math.max(warm, burst),
            BURST,
            peakHeap() >> 20));
    if (best < least) {
      say(
          String.format(
              Locale.ROOT, "fewer than %.0f a second; on a busy machine, try again later", least));
    }
    return whole && best >= least;
  }

  private void say(String text) {
    root.terminal().out().println(text);
    root.terminal().out().flush();
  }

  private static long peakHeap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }

  private static Path directory() {
    try {
      return Files.createTempDirectory("faultline-record-");
    } catch (IOException e) {
      throw new EnvironmentException("no temporary directory: " + e.getMessage(), e);
    }
  }
}
