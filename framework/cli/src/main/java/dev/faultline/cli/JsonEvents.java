package dev.faultline.cli;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.judge.Judgement;
import dev.faultline.harness.run.Progress;
import dev.faultline.harness.run.RunResult;
import dev.faultline.history.Entry;
import dev.faultline.json.Json;
import dev.faultline.spec.RunSpec;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How a run goes on, for programs: one JSON object a line, {@code event} first, times in
 * nanoseconds since the run's start (docs/events.md). Written by a thread of its own.
 */
final class JsonEvents implements Progress, AutoCloseable {
  private static final String STDOUT = "-";

  private final PrintStream out;
  private final boolean ours;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("json-events").factory());
  private final Map<String, Long> counts = new LinkedHashMap<>();
  private long time;
  private volatile boolean begun;

  /** To a file, or to {@code -}, the standard output. */
  JsonEvents(String to, Terminal terminal) {
    ours = !to.equals(STDOUT);
    out = ours ? open(Path.of(to)) : terminal.out();
    var unused = thread.scheduleAtFixedRate(this::status, 1, 1, TimeUnit.SECONDS);
  }

  private static PrintStream open(Path file) {
    try {
      return new PrintStream(Files.newOutputStream(file), false, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new EnvironmentException(
          "--json-events " + file + ": cannot be written: " + e.getMessage() + "; name a file", e);
    }
  }

  @Override
  public void planned(RunSpec run, Path dir, Map<String, String> members) {
    Map<String, @Nullable Object> event = event("planned", 0);
    event.put("run", run.id());
    event.put("dir", dir.toString());
    event.put("target", run.targetName());
    event.put("workload", run.workload());
    event.put("environment", run.environment());
    event.put("seed", run.seed());
    event.put("members", members);
    event.put("faults", run.plan().kinds().stream().sorted().toList());
    tell(event);
    begun = true;
  }

  @Override
  public void phase(String name) {
    long at;
    synchronized (counts) {
      at = time;
    }
    Map<String, @Nullable Object> event = event("phase", at);
    event.put("name", name);
    tell(event);
  }

  @Override
  public void entry(Entry entry) {
    synchronized (counts) {
      time = Math.max(time, entry.time());
    }
    switch (entry) {
      case Entry.Op op -> {
        synchronized (counts) {
          counts.merge(op.type().word(), 1L, Long::sum);
        }
      }
      case Entry.Fault fault -> {
        Map<String, @Nullable Object> event = event("fault", fault.time());
        event.put("id", fault.fault());
        event.put("kind", fault.kind());
        event.put("phase", fault.phase().word());
        event.put("facts", fault.value());
        tell(event);
      }
      case Entry.Node node -> {
        if (!node.node().equals("harness")) {
          Map<String, @Nullable Object> event = event("node", node.time());
          event.put("node", node.node());
          event.put("name", node.name());
          event.put("facts", node.facts());
          tell(event);
        }
      }
    }
  }

  private void status() {
    if (!begun) {
      return;
    }
    Map<String, @Nullable Object> event;
    synchronized (counts) {
      event = event("status", time);
      event.put("operations", counts.getOrDefault("invoke", 0L));
      for (String outcome : new String[] {"ok", "fail", "info"}) {
        event.put(outcome, counts.getOrDefault(outcome, 0L));
      }
    }
    out.println(Json.write(event));
    out.flush();
  }

  /** The last event of a run that was judged. */
  void verdict(RunResult result) {
    Judgement judgement = result.judgement();
    Map<String, @Nullable Object> event = event("verdict", judgement.exercised().durationNanos());
    event.put("status", judgement.status().name().toLowerCase(Locale.ROOT));
    event.put("exitCode", (long) judgement.status().exitCode());
    Judgement.Finding headline = judgement.headline();
    event.put("headline", headline == null ? null : headline.property());
    event.put("reasons", judgement.reasons());
    event.put("dir", result.dir().toString());
    tell(event);
  }

  private static Map<String, @Nullable Object> event(String name, long time) {
    Map<String, @Nullable Object> event = new LinkedHashMap<>();
    event.put("event", name);
    event.put("time", time);
    return event;
  }

  /** What it says is fixed now; it is written soon. */
  private void tell(Map<String, @Nullable Object> event) {
    thread.execute(() -> out.println(Json.write(event)));
  }

  /** Writes what is still to be written. */
  @Override
  public void close() {
    thread.execute(out::flush);
    thread.shutdown();
    try {
      boolean unused = thread.awaitTermination(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (ours) {
      out.close();
    }
  }
}
