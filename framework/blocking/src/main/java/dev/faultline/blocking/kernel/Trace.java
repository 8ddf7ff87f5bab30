package dev.faultline.blocking.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What happened in a universe, in order, and a hash of all of it. */
final class Trace {
  private long[] times = new long[1024];
  private int[] threads = new int[1024];
  private @Nullable String[] texts = new @Nullable String[1024];
  private int size;
  private long hash = 0x9e3779b97f4a7c15L;

  /** A turn of a thread, or with a text what it did; number 0 is the universe itself. */
  void add(long time, int thread, @Nullable String text) {
    if (size == times.length) {
      times = Arrays.copyOf(times, 2 * size);
      threads = Arrays.copyOf(threads, 2 * size);
      texts = Arrays.copyOf(texts, 2 * size);
    }
    times[size] = time;
    threads[size] = thread;
    texts[size] = text;
    size++;
    mix(time);
    mix(thread);
    if (text != null) {
      for (int i = 0; i < text.length(); i++) {
        hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
      }
    }
  }

  private void mix(long value) {
    long x = hash ^ value;
    x = (x ^ (x >>> 30)) * 0xbf58476d1ce4e5b9L;
    x = (x ^ (x >>> 27)) * 0x94d049bb133111ebL;
    hash = x ^ (x >>> 31);
  }

  long hash() {
    return hash;
  }

  int size() {
    return size;
  }

  /** The first event that is not the same in another; empty if there is none. */
  String difference(Trace other) {
    for (int i = 0; i < Math.max(size, other.size); i++) {
      String here = event(i);
      String there = other.event(i);
      if (!here.equals(there)) {
        return "event %d: first %s, then %s".formatted(i, here, there);
      }
    }
    return "";
  }

  private String event(int index) {
    if (index >= size) {
      return "the end";
    }
    String text = texts[index];
    return "at %.6f s thread %d %s"
        .formatted(times[index] / 1e9, threads[index], text == null ? "runs" : text);
  }
}
