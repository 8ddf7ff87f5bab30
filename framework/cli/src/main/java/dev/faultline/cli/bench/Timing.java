package dev.faultline.cli.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a check took, warm: by the clock, or by the processor time of its thread and of the
 * collector where that is less, so that what else runs on the machine does not count. Peers are
 * measured in the same way.
 *
 * @param median nanoseconds
 * @param times of how many
 * @param allocated bytes by the last of them, on all threads: more than it ever held
 * @param answer its answer
 */
record Timing<T>(long median, int times, long allocated, T answer) {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Longer than this, and warming up would only cost time. */
  private static final long LONG = 1_500_000_000;

  /** Shorter than this, and asking for the processor time would count. */
  private static final long SHORT = 300_000;

  private static final int LEAST = 7;

  /** As long as this at least, of checks that take less, for the measure. */
  private static final long SPEND = 250_000_000;

  /**
   * As long as this at least for the warm-up. The last compiler takes a second or two for the loops
   * of a check; what is measured before is the code of the compilers before it.
   */
  private static final long WARM = 2_000_000_000;

  private static final List<GarbageCollectorMXBean> COLLECTORS =
      ManagementFactory.getGarbageCollectorMXBeans();

  double seconds() {
    return median / 1e9;
  }

  /** At least seven after a warm-up; of checks that take seconds, three; of longer ones, one. */
  static <T> Timing<T> of(Supplier<T> check) {
    return of(check, WARM, SPEND);
  }

  /** With so many nanoseconds for the warm-up and for the measure. */
  static <T> Timing<T> of(Supplier<T> check, long warm, long spend) {
    long from = System.nanoTime();
    long before = THREADS.getTotalThreadAllocatedBytes();
    long cpu = processor();
    T answer = check.get();
    long first = took(from, cpu);
    long allocated = THREADS.getTotalThreadAllocatedBytes() - before;
    if (first > 4 * LONG) {
      return new Timing<>(first, 1, allocated, answer);
    }
    while (System.nanoTime() - from < warm) {
      answer = check.get();
    }
    if (allocated > 100_000_000) {
      System.gc();
    }
    long[] times = new long[10_000];
    int count = 0;
    long start = System.nanoTime();
    int least = first > LONG ? 3 : LEAST;
    while (count < times.length && (count < least || System.nanoTime() - start < spend)) {
      before = count < LEAST ? THREADS.getTotalThreadAllocatedBytes() : 0;
      cpu = first > SHORT ? processor() : 0;
      from = System.nanoTime();
      answer = check.get();
      times[count] = first > SHORT ? took(from, cpu) : System.nanoTime() - from;
      if (count < LEAST) {
        allocated = THREADS.getTotalThreadAllocatedBytes() - before;
      }
      count++;
    }
    long[] sorted = Arrays.copyOf(times, count);
    Arrays.sort(sorted);
    return new Timing<>(sorted[count / 2], count, allocated, answer);
  }

  /** Of this thread, and what the collector took, which is by the clock. */
  private static long processor() {
    long collected = 0;
    for (GarbageCollectorMXBean collector : COLLECTORS) {
      collected += collector.getCollectionTime();
    }
    return THREADS.getCurrentThreadCpuTime() + collected * 1_000_000;
  }

  private static long took(long from, long cpu) {
    return Math.min(System.nanoTime() - from, processor() - cpu);
  }
}
