package dev.faultline.reports;

import dev.faultline.history.Entry;
import dev.faultline.history.History;
import dev.faultline.history.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A run in equal intervals of time: completions by outcome, and how long {@code ok} took. At most
 * {@link #MAX} intervals, so that the size of a page does not grow with the history.
 *
 * @param width nanoseconds an interval
 * @param counts by outcome: ok, fail, info; then by interval
 * @param p50 median latency by interval, nanoseconds; 0 where nothing was ok
 */
record Buckets(long width, long[][] counts, long[] p50, long[] p95, long[] max) {
  static final int MAX = 240;

  static Buckets of(History history) {
    long width = width(history.duration(), history.operations().size());
    int n = (int) (history.duration() / width) + 1;
    long[][] counts = new long[3][n];
    for (Entry entry : history.entries()) {
      if (entry instanceof Entry.Op op && op.type() != Entry.Type.INVOKE) {
        int row =
            switch (op.type()) {
              case OK -> 0;
              case FAIL -> 1;
              case INFO, INVOKE -> 2;
            };
        counts[row][(int) (op.time() / width)]++;
      }
    }
    List<List<Long>> latencies = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      latencies.add(new ArrayList<>());
    }
    for (Operation op : history.operations()) {
      if (op.ok() && op.returnTime() != Operation.NEVER) {
        latencies.get((int) (op.returnTime() / width)).add(op.returnTime() - op.invokeTime());
      }
    }
    long[] p50 = new long[n];
    long[] p95 = new long[n];
    long[] max = new long[n];
    for (int i = 0; i < n; i++) {
      long[] sorted = latencies.get(i).stream().mapToLong(Long::longValue).sorted().toArray();
      if (sorted.length > 0) {
        p50[i] = sorted[(sorted.length - 1) / 2];
        p95[i] = sorted[(int) ((sorted.length - 1) * 0.95)];
        max[i] = sorted[sorted.length - 1];
      }
    }
    return new Buckets(width, counts, p50, p95, max);
  }

  /** A round width, so that an interval has about ten operations: with fewer, rates are noise. */
  private static long width(long duration, long operations) {
    long most = Math.max(40, Math.min(MAX, operations / 10));
    long width = 1_000_000;
    int[] factors = {2, 5, 10};
    for (int i = 0; duration / width >= most; i++) {
      width = 1_000_000L * (long) Math.pow(10, i / 3) * factors[i % 3];
    }
    return width;
  }

  int size() {
    return p50.length;
  }

  /** The most completions a second of one outcome in any interval. */
  double peak(int row) {
    return Arrays.stream(counts[row]).max().orElse(0) * 1e9 / width;
  }
}
