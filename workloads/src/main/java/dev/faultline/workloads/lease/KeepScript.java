package dev.faultline.workloads.lease;

import dev.faultline.harness.gen.Generator;
import dev.faultline.history.Outcome;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one client does: acquire until it is granted the lease, then renew it for as long as that
 * works, or for so long as it is to hold it, and then release it. After an unknown outcome it has a
 * new session, which holds nothing.
 *
 * @param path keys the random choices
 * @param hold for how long it holds the lease, nanoseconds; 0 for as long as it can
 * @param n operations made so far
 * @param due when the next operation may be made, nanoseconds since the run's start
 * @param until when to release; {@link #FREE} if it holds nothing
 */
record KeepScript(String path, String client, long hold, long n, long due, long until)
    implements Generator {
  private static final long FREE = Long.MIN_VALUE;
  private static final long RETRY = 200_000_000;

  /** How often in a term it is renewed. */
  private static final long RENEWALS = 8;

  static KeepScript of(String client, long hold) {
    return new KeepScript("lease/" + client, client, hold, 0, 0, FREE);
  }

  @Override
  public Step next(Context context) {
    if (context.free().isEmpty()) {
      return new Step.Wait(Long.MAX_VALUE, this);
    }
    if (context.now() < due) {
      return new Step.Wait(due, this);
    }
    String f = until == FREE ? "acquire" : context.now() < until ? "renew" : "release";
    return new Step.Do(new Ask(client, f, null, null), at(n + 1, due, until));
  }

  @Override
  public Generator update(Context context, Completed done) {
    long now = context.now();
    if (done.outcome() != Outcome.OK || done.f().equals("release")) {
      return at(n, now + RETRY / 2 + context.random(path, n).nextLong(RETRY), FREE);
    }
    long end = until != FREE ? until : hold == 0 ? Long.MAX_VALUE : now + hold;
    return at(n, now + term(done.output()) / RENEWALS, end);
  }

  private static long term(@Nullable Object output) {
    return output instanceof Map<?, ?> map && map.get("ttl") instanceof Long ttl ? ttl : 0;
  }

  private KeepScript at(long made, long next, long end) {
    return new KeepScript(path, client, hold, made, next, end);
  }
}
