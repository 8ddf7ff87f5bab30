package dev.faultline.targets.reference;

import java.util.Map;
import java.util.TreeMap;

/** Counters, 0 at first. */
final class Counters implements Kind {
  private final Map<String, Long> counts = new TreeMap<>();

  @Override
  public boolean changes(String f) {
    return f.equals("add");
  }

  @Override
  public Answer apply(Call call) {
    long now = counts.getOrDefault(call.name(), 0L);
    return switch (call.f()) {
      case "add" -> {
        counts.put(call.name(), now + (call.value() instanceof Long amount ? amount : 0));
        yield Answer.done(null);
      }
      case "read" -> Answer.done(now);
      default -> Kind.unknown(call);
    };
  }
}
