package dev.faultline.harness.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.node.KeyedRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class TimerHeapTest {
  private final TimerHeap heap = new TimerHeap(Thread.currentThread());

  /** The same as a sorted map would do, over adds, cancels and time that goes by. */
  @Test
  void timersComeByTimeThenByArrivalAndTheCancelledOnesNever() {
    KeyedRandom random = KeyedRandom.of(1, "timers");
    TreeMap<Long, TimerHeap.Timer> wanted = new TreeMap<>();
    List<Long> run = new ArrayList<>();
    List<TimerHeap.Timer> all = new ArrayList<>();
    long now = 0;
    for (long i = 0; i < 20_000; i++) {
      long key = (now + random.nextInt(50)) * 1_000_000 + i;
      TimerHeap.Timer timer = heap.add(key / 1_000_000, () -> run.add(key));
      wanted.put(key, timer);
      all.add(timer);
      if (random.nextInt(3) == 0) {
        TimerHeap.Timer victim = all.get(random.nextInt(all.size()));
        victim.cancel();
        wanted.values().removeIf(victim::equals);
      }
      if (random.nextInt(10) == 0) {
        now += random.nextInt(8);
        for (TimerHeap.Timer due = heap.due(now); due != null; due = heap.due(now)) {
          due.task.run();
        }
        List<Long> due = List.copyOf(wanted.headMap((now + 1) * 1_000_000).keySet());
        assertThat(run).isEqualTo(due);
        due.forEach(wanted::remove);
        run.clear();
        assertThat(heap.size()).isEqualTo(wanted.size());
        all.subList(0, Math.max(0, all.size() - 200)).clear();
      }
    }
    assertThat(heap.untilDue(now)).isGreaterThanOrEqualTo(1);
  }

  @Test
  void anotherThreadMayCancelToo() throws InterruptedException {
    TimerHeap.Timer timer = heap.add(5, () -> {});
    Thread other = Thread.ofPlatform().start(timer::cancel);
    other.join();
    TimerHeap.Timer due = heap.due(5);
    assertThat(due).isSameAs(timer);
    assertThat(timer.isCancelled()).isTrue();
  }
}
