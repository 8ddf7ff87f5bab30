package dev.faultline.targets.reference;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/** First in, first out. */
final class Queues implements Kind {
  private final Map<String, Deque<Object>> queues = new TreeMap<>();

  @Override
  public boolean changes(String f) {
    return true;
  }

  @Override
  public Answer apply(Call call) {
    Deque<Object> queue = queues.computeIfAbsent(call.name(), k -> new ArrayDeque<>());
    Object value = call.value();
    return switch (call.f()) {
      case "enqueue" -> {
        if (value == null) {
          yield Answer.no("nothing to enqueue");
        }
        queue.addLast(value);
        yield Answer.done(null);
      }
      case "dequeue" -> Answer.done(queue.pollFirst());
      default -> Kind.unknown(call);
    };
  }
}
