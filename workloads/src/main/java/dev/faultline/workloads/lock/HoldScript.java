package dev.faultline.workloads.lock;

import dev.faultline.harness.gen.Generator;
import dev.faultline.history.Outcome;
import java.util.Map;

/**
 * What one client does: acquire until it holds the lock; ask itself whether it does for a while,
 * then release, and leave the lock to others. One that says that it lost the lock releases too, so
 * that a library can tidy up; one whose answer never came has a new session and holds nothing.
 *
 * @param path keys the random choices
 * @param hold for how long it holds the lock, nanoseconds
 * @param ask time between two questions, nanoseconds
 * @param n operations made so far
 * @param due when the next operation may be made, nanoseconds since the run's start
 * @param until when to release; {@link #FREE} if it holds nothing
 */
record HoldScript(
    String path, String client, String lock, long hold, long ask, long n, long due, long until)
    implements Generator {
  private static final long FREE = Long.MIN_VALUE;
  private static final long REST = 100_000_000;

  static HoldScript of(String client, String lock, long hold, long ask) {
    return new HoldScript("lock/" + client, client, lock, hold, ask, 0, 0, FREE);
  }

  @Override
  public Step next(Context context) {
    if (context.free().isEmpty()) {
      return new Step.Wait(Long.MAX_VALUE, this);
    }
    if (context.now() < due) {
      return new Step.Wait(due, this);
    }
    String f = until == FREE ? "acquire" : context.now() < until ? "held?" : "release";
    return new Step.Do(new Ask(client, f, lock, null), at(n + 1, due, until));
  }

  @Override
  public Generator update(Context context, Completed done) {
    long now = context.now();
    boolean ok = done.outcome() == Outcome.OK;
    return switch (done.f()) {
      case "acquire" -> ok ? at(n, now, now + hold) : idle(context);
      case "held?" -> {
        boolean held =
            done.output() instanceof Map<?, ?> map && Boolean.TRUE.equals(map.get("held"));
        yield !ok ? idle(context) : held ? at(n, now + ask, until) : at(n, now, now);
      }
      default -> idle(context);
    };
  }

  private HoldScript idle(Context context) {
    long rest = REST / 2 + context.random(path, n).nextLong(REST);
    return at(n, context.now() + rest, FREE);
  }

  private HoldScript at(long made, long next, long end) {
    return new HoldScript(path, client, lock, hold, ask, made, next, end);
  }
}
