package dev.faultline.workloads.watch;

import dev.faultline.harness.gen.Generator;
import dev.faultline.history.Outcome;
import java.util.Map;

/**
 * One watcher's stream: it watches from where its last answer ended, and from there again when
 * there was no answer.
 *
 * @param gap time between two watches, nanoseconds
 * @param from the revision to begin at
 * @param due when to watch again, nanoseconds since the run's start
 */
record WatchScript(String client, long gap, long from, long due) implements Generator {
  @Override
  public Step next(Context context) {
    if (context.free().isEmpty()) {
      return new Step.Wait(Long.MAX_VALUE, this);
    }
    if (context.now() < due) {
      return new Step.Wait(due, this);
    }
    return new Step.Do(new Ask(client, "watch", null, Map.of("from", from)), this);
  }

  @Override
  public Generator update(Context context, Completed done) {
    Object next = done.output() instanceof Map<?, ?> map ? map.get("next") : null;
    long at = done.outcome() == Outcome.OK && next instanceof Number n ? n.longValue() : from;
    return new WatchScript(client, gap, Math.max(from, at), context.now() + gap);
  }
}
