package dev.faultline.targets.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything that was put, in the order of revisions from 1. */
final class Watches implements Kind {
  private final Defect defect;
  private final List<List<@Nullable Object>> events = new ArrayList<>();

  Watches(Defect defect) {
    this.defect = defect;
  }

  @Override
  public boolean changes(String f) {
    return f.equals("put");
  }

  @Override
  public Answer apply(Call call) {
    return switch (call.f()) {
      case "put" -> {
        long revision = events.size() + 1L;
        events.add(Arrays.asList(revision, call.key(), call.value()));
        yield Answer.done(revision);
      }
      case "watch" -> {
        Object asked = call.value() instanceof Map<?, ?> map ? map.get("from") : null;
        long from = Math.max(1, asked instanceof Long revision ? revision : 1);
        int first = Math.toIntExact(from) - 1 + defect.skipped(from);
        List<List<@Nullable Object>> told =
            first < events.size() ? List.copyOf(events.subList(first, events.size())) : List.of();
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("events", told);
        answer.put("next", Math.max(from, events.size() + 1L));
        yield Answer.done(answer);
      }
      default -> Kind.unknown(call);
    };
  }
}
