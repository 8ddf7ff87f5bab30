package dev.faultline.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.node.Timers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On a clock that moves only when the test moves it. */
@Timeout(30)
class LoopTest {
  private final AtomicLong now = new AtomicLong();
  private final SteeredClock clock = new SteeredClock(now::get, now::get);
  private final Loop loop = new Loop(clock);
  private final List<String> ran = new CopyOnWriteArrayList<>();
  private final Thread thread =
      new Thread(() -> {
        try {
          loop.run();
        } catch (InterruptedException end) {
          Thread.currentThread().interrupt();
        }
      });

  @BeforeEach
  void start() {
    thread.setDaemon(true);
    thread.start();
  }

  @AfterEach
  void stop() {
    thread.interrupt();
  }

  /** Moves the clock, lets everything run that is due, and returns when it has. */
  private void advance(Duration time) throws InterruptedException {
    now.addAndGet(time.toNanos());
    drain();
  }

  private void drain() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    loop.post(done::countDown);
    assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void timersRunInTheOrderOfTheirTimesAndNotBefore() throws InterruptedException {
    loop.after(Duration.ofMillis(20), () -> ran.add("b"));
    loop.after(Duration.ofMillis(10), () -> ran.add("a"));
    loop.after(Duration.ofMillis(20), () -> ran.add("c"));

    advance(Duration.ofNanos(9_999_999));
    assertThat(ran).isEmpty();
    advance(Duration.ofNanos(1));
    assertThat(ran).containsExactly("a");
    advance(Duration.ofMillis(100));
    assertThat(ran).containsExactly("a", "b", "c");
  }

  @Test
  void aTimerThatWasCancelledDoesNotRun() throws InterruptedException {
    Timers.Timer never = loop.after(Duration.ofMillis(10), () -> ran.add("never"));
    never.cancel();
    advance(Duration.ofSeconds(1));
    assertThat(ran).isEmpty();
  }

  @Test
  void timersGoByTheSteeredClock() throws InterruptedException {
    loop.after(Duration.ofMillis(100), () -> ran.add("a"));
    clock.steer(0, 1_000_000, false);
    loop.clockChanged();
    advance(Duration.ofMillis(49));
    assertThat(ran).isEmpty();
    advance(Duration.ofMillis(1));
    assertThat(ran).containsExactly("a");
  }

  @Test
  void tasksRunInOrderAndOnOneThread() throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      String text = Integer.toString(i);
      loop.post(() -> {
        assertThat(Thread.currentThread()).isSameAs(thread);
        ran.add(text);
      });
    }
    drain();
    assertThat(ran)
        .hasSize(100)
        .isSortedAccordingTo((a, b) -> Integer.parseInt(a) - Integer.parseInt(b));
  }
}
