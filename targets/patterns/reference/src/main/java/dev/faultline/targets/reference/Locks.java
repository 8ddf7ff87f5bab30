package dev.faultline.targets.reference;

import java.util.Map;
import java.util.TreeMap;

/** Locks that clients hold, without a term: one that does not come back keeps it. */
final class Locks implements Kind {
  private final Map<String, String> holders = new TreeMap<>();

  @Override
  public boolean changes(String f) {
    return !f.equals("held?");
  }

  @Override
  public Answer apply(Call call) {
    String holder = holders.get(call.name());
    boolean mine = call.client().equals(holder);
    return switch (call.f()) {
      case "acquire" -> {
        if (holder != null && !mine) {
          yield Answer.no("held by " + holder);
        }
        holders.put(call.name(), call.client());
        yield Answer.done(null);
      }
      case "release" -> {
        if (!mine) {
          yield Answer.no("not held");
        }
        holders.remove(call.name());
        yield Answer.done(null);
      }
      case "held?" -> Answer.done(Map.of("held", mine));
      default -> Kind.unknown(call);
    };
  }
}
