package dev.faultline.workloads.fencedlog;

import dev.faultline.harness.gen.Generator;
import dev.faultline.history.Outcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one holder's client does: acquire until it is granted; then write, and renew when a third of
 * the term is over; release after three to five writes, and leave the lease to others for a while.
 * One that had no answer to a renewal does not release but only falls silent for a term: how long
 * it believes to hold the lease is then up to its clock alone.
 *
 * @param path keys the random choices
 * @param term the lease's term, nanoseconds
 * @param n operations made so far; makes payloads unique
 * @param due when the next operation may be made, nanoseconds since the run's start
 * @param held whether the lease was granted, and no answer since said otherwise
 * @param cutOff whether a renewal had no answer
 * @param left writes to go before the release
 * @param renewAt when to renew
 */
record HolderScript(
    String path,
    String client,
    String node,
    long term,
    long n,
    long due,
    boolean held,
    boolean cutOff,
    int left,
    long renewAt)
    implements Generator {
  private static final long RETRY = 100_000_000;

  static HolderScript of(String client, String node, Duration term) {
    return new HolderScript(
        "fenced-log/" + node, client, node, term.toNanos(), 0, 0, false, false, 0, 0);
  }

  /** As {@link #of}, after one that made fewer than a million operations. */
  static HolderScript again(String client, String node, Duration term) {
    HolderScript first = of(client, node, term);
    return new HolderScript(first.path, client, node, first.term, 1_000_000, 0, false, false, 0, 0);
  }

  @Override
  public Step next(Context context) {
    if (context.free().isEmpty()) {
      return new Step.Wait(Long.MAX_VALUE, this);
    }
    if (context.now() < due) {
      return new Step.Wait(due, this);
    }
    if (!held) {
      return ask("acquire", null);
    }
    if (left <= 0 && cutOff) {
      return new Step.Wait(context.now() + term + RETRY, idle(context.now() + term + RETRY));
    }
    if (left <= 0) {
      return ask("release", null);
    }
    return context.now() >= renewAt ? ask("renew", null) : ask("write", node + "-" + n);
  }

  private Step ask(String f, @Nullable Object value) {
    return new Step.Do(
        new Ask(client, f, null, value),
        new HolderScript(path, client, node, term, n + 1, due, held, cutOff, left, renewAt));
  }

  @Override
  public Generator update(Context context, Completed done) {
    long now = context.now();
    boolean ok = done.outcome() == Outcome.OK;
    boolean refused = done.outcome() == Outcome.FAIL;
    if (done.f().equals("acquire") && ok) {
      int writes = 3 + context.random(path, n).nextInt(3);
      return holding(false, writes, now + term / 3);
    }
    if (done.f().equals("acquire") || done.f().equals("release") || refused) {
      return idle(now + RETRY / 2 + context.random(path, n).nextLong(RETRY));
    }
    // An unknown outcome changes nothing else: a paused or cut off holder goes on as if it held.
    return done.f().equals("renew")
        ? holding(!ok, left, now + term / 3)
        : holding(cutOff, left - 1, renewAt);
  }

  private HolderScript idle(long until) {
    return new HolderScript(path, client, node, term, n, until, false, false, 0, 0);
  }

  private HolderScript holding(boolean noAnswer, int writes, long renew) {
    return new HolderScript(path, client, node, term, n, 0, true, noAnswer, writes, renew);
  }
}
