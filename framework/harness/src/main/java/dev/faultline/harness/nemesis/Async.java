package dev.faultline.harness.nemesis;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Small pieces of asynchronous code on the loop. */
final class Async {
  private final Scheduler scheduler;

  Async(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** The time of the loop. */
  long now() {
    return scheduler.now();
  }

  /** The same result, handed over on the loop. */
  <T> CompletableFuture<T> onLoop(CompletableFuture<T> future) {
    CompletableFuture<T> result = new CompletableFuture<>();
    future.whenComplete((value, error) ->
        scheduler.post(() -> {
          if (error == null) {
            result.complete(value);
          } else {
            result.completeExceptionally(error);
          }
        }));
    return result;
  }

  /** As {@link #onLoop}, and fails when the time of the loop is over before. */
  <T> CompletableFuture<T> within(CompletableFuture<T> future, Duration bound) {
    CompletableFuture<T> result = onLoop(future);
    Scheduler.Task timeout =
        scheduler.after(
            bound,
            () -> {
              boolean late =
                  result.completeExceptionally(
                      new EnvironmentException("no answer within " + bound.toSeconds() + " s"));
            });
    return result.whenComplete((value, error) -> timeout.cancel());
  }

  /** Completes on the loop after a while. */
  CompletableFuture<Void> pause(Duration delay) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Scheduler.Task unused = scheduler.after(delay, () -> done.complete(null));
    return done;
  }

  /**
   * Tries until the result is good or the time is over; completes with the last result. What throws
   * is tried again as well.
   */
  <T> CompletableFuture<T> until(
      Supplier<CompletableFuture<T>> attempt, Predicate<T> good, Duration every, Duration within) {
    long end = scheduler.now() + within.toNanos();
    CompletableFuture<T> result = new CompletableFuture<>();
    attempt(attempt, good, every, end, result);
    return result;
  }

  private <T> void attempt(
      Supplier<CompletableFuture<T>> attempt,
      Predicate<T> good,
      Duration every,
      long end,
      CompletableFuture<T> result) {
    CompletableFuture<T> unused =
        onLoop(attempt.get())
            .whenComplete((value, error) -> {
              boolean last = scheduler.now() + every.toNanos() > end;
              if (error == null && (good.test(value) || last)) {
                result.complete(value);
              } else if (error != null && last) {
                result.completeExceptionally(error);
              } else {
                Scheduler.Task next =
                    scheduler.after(every, () -> attempt(attempt, good, every, end, result));
              }
            });
  }

  /** All results, in order. */
  static <T> CompletableFuture<List<T>> all(List<CompletableFuture<T>> futures) {
    return CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new))
        .thenApply(done -> futures.stream().map(CompletableFuture::join).toList());
  }

  /** What went wrong, for people. */
  static String message(Throwable error) {
    Throwable cause = error;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }
}
