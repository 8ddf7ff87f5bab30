package dev.faultline.harness.run;

import dev.faultline.harness.judge.Judge;
import dev.faultline.harness.judge.Judgement.Finding;
import dev.faultline.history.Entry;
import dev.faultline.history.History;
import dev.faultline.spec.RunSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Judges what there is of a history while it grows, again and again in a thread of its own, and
 * tells once when a property that counts is broken whatever comes after.
 */
final class EarlyEnd implements AutoCloseable {
  private static final Duration EVERY = Duration.ofMillis(500);
  private static final Duration CHECK_TIME = Duration.ofSeconds(5);

  /** A check rests for so many times as long as it took, so that the run has the machine. */
  private static final int REST = 3;

  private final RunSpec spec;
  private final Consumer<String> broken;
  private final List<Entry> entries = new ArrayList<>();
  private final Thread thread;

  /**
   * @param broken told the property, once, on another thread
   */
  EarlyEnd(RunSpec spec, Consumer<String> broken) {
    this.spec = spec;
    this.broken = broken;
    this.thread = Thread.ofPlatform().daemon().name("early-end").start(this::watch);
  }

  /** What was recorded. */
  void entry(Entry entry) {
    synchronized (entries) {
      entries.add(entry);
    }
  }

  private void watch() {
    try {
      Duration rest = EVERY;
      while (true) {
        TimeUnit.MILLISECONDS.sleep(rest.toMillis());
        long before = System.nanoTime();
        Finding finding = certain(spec, soFar());
        if (finding != null) {
          broken.accept(finding.property());
          return;
        }
        Duration took = Duration.ofNanos(System.nanoTime() - before).multipliedBy(REST);
        rest = took.compareTo(EVERY) > 0 ? took : EVERY;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Entry> soFar() {
    synchronized (entries) {
      return List.copyOf(entries);
    }
  }

  /** What is broken in a beginning of a run, and so in the whole; null if nothing is. */
  static @Nullable Finding certain(RunSpec spec, List<Entry> entries) {
    return Judge.certain(Judge.judge(spec, History.of(entries), CHECK_TIME));
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
