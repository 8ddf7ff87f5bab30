package dev.faultline.checker.linear;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Does things on several threads as if one did them in order: up to the first that ends it, or that
 * throws.
 */
final class Parallel {
  private Parallel() {}

  /** Results of the first so many things, up to one that ends it; null where it was not needed. */
  static <T> List<@Nullable T> upTo(int size, int threads, Predicate<T> ends, IntFunction<T> work) {
    if (threads <= 1 || size <= 1) {
      List<@Nullable T> results = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        T result = work.apply(i);
        results.add(result);
        if (ends.test(result)) {
          break;
        }
      }
      return results;
    }
    return shared(size, threads, ends, work);
  }

  private static <T> List<@Nullable T> shared(
      int size, int threads, Predicate<T> ends, IntFunction<T> work) {
    AtomicReferenceArray<@Nullable T> done = new AtomicReferenceArray<>(size);
    AtomicReferenceArray<@Nullable Throwable> thrown = new AtomicReferenceArray<>(size);
    AtomicInteger next = new AtomicInteger();
    AtomicInteger end = new AtomicInteger(size - 1);
    Runnable worker =
        () -> {
          for (int i = next.getAndIncrement(); i <= end.get(); i = next.getAndIncrement()) {
            int at = i;
            try {
              T result = work.apply(i);
              done.set(i, result);
              if (ends.test(result)) {
                end.accumulateAndGet(at, Math::min);
              }
            } catch (RuntimeException | Error e) {
              thrown.set(i, e);
              end.accumulateAndGet(at, Math::min);
            }
          }
        };
    List<Thread> others = new ArrayList<>();
    for (int t = 1; t < Math.min(threads, size); t++) {
      others.add(Thread.ofPlatform().daemon().name("check-" + t).start(worker));
    }
    worker.run();
    for (Thread thread : others) {
      joined(thread);
    }
    List<@Nullable T> results = new ArrayList<>();
    for (int i = 0; i <= end.get(); i++) {
      Throwable failure = thrown.get(i);
      if (failure instanceof RuntimeException e) {
        throw e;
      }
      if (failure instanceof Error e) {
        throw e;
      }
      results.add(done.get(i));
    }
    return results;
  }

  private static void joined(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
