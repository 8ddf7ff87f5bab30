package dev.faultline.harness.run;

import dev.faultline.harness.Setup;
import dev.faultline.harness.Workload;
import dev.faultline.history.Entry;
import dev.faultline.history.HistoryFile;
import dev.faultline.history.HistoryWriter;
import dev.faultline.json.JsonView;
import dev.faultline.spec.FaultPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How many operations a second a run records: the parts of every run in real time (loop, generator,
 * clients on threads of their own, nemesis, history file) on a target in memory that answers at
 * once, with faults every few 100 ms. The same without the file is what there is to compare with.
 */
public final class RecordBench {
  private static final int NODES = 3;
  private static final Duration SLACK = Duration.ofSeconds(30);

  private final int clients;
  private final Duration time;

  public RecordBench(int clients, Duration time) {
    this.clients = clients;
    this.time = time;
  }

  /**
   * One run.
   *
   * @param operations that clients were asked for, by the recorder's count
   * @param calls that reached the target, by its own count
   * @param faults with their proof, started and ended
   * @param nanos from the first to the last line
   */
  public record Round(long operations, long calls, long faults, long nanos) {
    /** Operations a second. */
    public double rate() {
      return operations * 1e9 / nanos;
    }
  }

  /** What a file holds, read again line by line. */
  public record Counted(long invocations, long completions, long lines) {}

  /** Counts what is handed over to be recorded. */
  private static final class Count {
    long operations;
    long faults;
    long from;
    long to;

    void entry(Entry entry) {
      to = entry.time();
      if (entry instanceof Entry.Op op) {
        operations += op.type() == Entry.Type.INVOKE ? 1 : 0;
        from = from == 0 ? to : from;
      } else if (entry instanceof Entry.Fault fault && fault.phase() == Entry.Phase.END) {
        faults++;
      }
    }
  }

  /** A run that is recorded in this file, which must not exist. */
  public Round recorded(Path file, long seed) throws IOException {
    Count count = new Count();
    try (HistoryWriter writer = new HistoryWriter(file, "bench")) {
      writer.byTurns();
      return run(
          seed,
          count,
          entry -> {
            writer.append(entry);
            count.entry(entry);
          },
          writer::flush);
    }
  }

  /** The same, recorded nowhere. */
  public Round unrecorded(long seed) {
    Count count = new Count();
    return run(seed, count, count::entry, () -> {});
  }

  /** Reads a file again, checksums and all, without keeping it. */
  public static Counted count(Path file) throws IOException {
    long[] counts = new long[3];
    HistoryFile.each(
        file,
        entry -> {
          counts[2]++;
          if (entry instanceof Entry.Op op) {
            counts[op.type() == Entry.Type.INVOKE ? 0 : 1]++;
          }
        });
    return new Counted(counts[0], counts[1], counts[2]);
  }

  /** The recorder alone: operations a second that are encoded and written, one after the other. */
  public static double burst(Path file, long operations) throws IOException {
    long start = System.nanoTime();
    try (HistoryWriter writer = new HistoryWriter(file, "burst")) {
      writer.byTurns();
      for (long i = 0; i < operations; i++) {
        int process = (int) (i % 32);
        writer.append(op(2 * i, i, process, Entry.Type.INVOKE));
        writer.append(op(2 * i + 1, i, process, Entry.Type.OK));
        if (process == 31) {
          writer.flush();
        }
      }
    }
    return operations * 1e9 / (System.nanoTime() - start);
  }

  private static Entry op(long index, long value, int process, Entry.Type type) {
    return new Entry.Op(
        index, index * 500, process, type, "write", "x1", value, null, "c1", "n1", false);
  }

  private Round run(
      long seed, Count count, java.util.function.Consumer<Entry> sink, Runnable write) {
    CompletableFuture<Void> failure = new CompletableFuture<>();
    MemoryTarget target = new MemoryTarget(NODES);
    Setup setup = new Setup("correct", "memory", Map.of(), NODES, clients, 0, time, seed);
    Map<String, String> members = new LinkedHashMap<>();
    target.nodes().forEach(node -> members.put(node, "replica"));
    try (RealScheduler scheduler = new RealScheduler(failure::completeExceptionally)) {
      Recorder recorder = new Recorder(scheduler, sink);
      recorder.byTurns(write);
      scheduler.afterTurn(recorder::turn);
      Conductor conductor =
          new Conductor(
              scheduler,
              recorder,
              target,
              new MemoryWorkload(clients),
              new Workload.Plan(setup, members, target.timing(setup)),
              faults(),
              null,
              phase -> {});
      conductor.attach(target.cluster());
      CompletableFuture<Void> done = new CompletableFuture<>();
      scheduler.post(() -> {
        CompletableFuture<Void> unused =
            conductor
                .conduct(target.cluster(), scheduler::begin)
                .thenRun(() -> done.complete(null));
      });
      Object unused =
          CompletableFuture.anyOf(done, failure)
              .get(time.plus(SLACK).toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the bench failed: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    return new Round(count.operations, target.calls(), count.faults, count.to - count.from);
  }

  /** One node after the other is frozen, or fails all calls, for 50 ms every 300 ms. */
  private FaultPlan faults() {
    StringBuilder plan = new StringBuilder("{\"faults\":[");
    String comma = "";
    for (long at = 200; at + 100 < time.toMillis(); at += 300) {
      long number = at / 300;
      plan.append(comma)
          .append(
              "{\"do\":\"%s\",\"node\":\"n%d\",\"from\":{\"at\":\"%dms\"},\"for\":\"50ms\"}"
                  .formatted(number % 2 == 0 ? "pause" : "kill", number % NODES + 1, at));
      comma = ",";
    }
    return FaultPlan.fromJson(JsonView.parse("plan", plan.append("]}").toString()));
  }
}
