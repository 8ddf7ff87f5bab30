package dev.faultline.containers;

import dev.faultline.harness.Environment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The events of a cluster, to wait for. */
final class Seen implements Environment.NodeEvents {
  record Event(
      String node, int incarnation, long seq, String name, Map<String, @Nullable Object> facts) {}

  private final List<Event> events = new ArrayList<>();

  @Override
  public synchronized void event(
      String node, int incarnation, long seq, String name, Map<String, @Nullable Object> facts) {
    events.add(new Event(node, incarnation, seq, name, facts));
    notifyAll();
  }

  /** The first event like that, which comes within 20 s. */
  synchronized Event await(String what, Predicate<Event> wanted) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (true) {
      for (Event event : events) {
        if (wanted.test(event)) {
          return event;
        }
      }
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        throw new AssertionError("no " + what + " among " + events);
      }
      wait(left);
    }
  }

  synchronized List<Event> all() {
    return List.copyOf(events);
  }
}
