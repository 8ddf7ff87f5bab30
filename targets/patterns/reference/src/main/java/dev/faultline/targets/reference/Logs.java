package dev.faultline.targets.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Logs that only grow, with offsets from 0. */
final class Logs implements Kind {
  private final Map<String, List<@Nullable Object>> logs = new TreeMap<>();

  @Override
  public boolean changes(String f) {
    return f.equals("append");
  }

  @Override
  public Answer apply(Call call) {
    List<@Nullable Object> log = logs.computeIfAbsent(call.name(), k -> new ArrayList<>());
    return switch (call.f()) {
      case "append" -> {
        log.add(call.value());
        yield Answer.done((long) log.size() - 1);
      }
      case "read" -> {
        List<Object> shown = new ArrayList<>();
        int from = call.value() instanceof Long offset ? Math.toIntExact(offset) : 0;
        for (int i = from; i < log.size(); i++) {
          shown.add(Arrays.asList((long) i, log.get(i)));
        }
        yield Answer.done(shown);
      }
      default -> Kind.unknown(call);
    };
  }
}
