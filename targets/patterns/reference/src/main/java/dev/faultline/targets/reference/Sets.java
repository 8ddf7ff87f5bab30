package dev.faultline.targets.reference;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Sets that only grow. */
final class Sets implements Kind {
  private final Map<String, Set<@Nullable Object>> sets = new TreeMap<>();

  @Override
  public boolean changes(String f) {
    return f.equals("add");
  }

  @Override
  public Answer apply(Call call) {
    Set<@Nullable Object> set = sets.computeIfAbsent(call.name(), k -> new LinkedHashSet<>());
    return switch (call.f()) {
      case "add" -> {
        set.add(call.value());
        yield Answer.done(null);
      }
      case "read" -> Answer.done(new ArrayList<>(set));
      default -> Kind.unknown(call);
    };
  }
}
