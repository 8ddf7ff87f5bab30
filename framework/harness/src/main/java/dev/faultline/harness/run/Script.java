package dev.faultline.harness.run;

import dev.faultline.harness.gen.Generator;
import dev.faultline.spec.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The calls of a script, each at its time or as soon after it as its client is free; a client's
 * calls stay in their order.
 *
 * @param left the calls that were not made yet
 */
record Script(List<Call> left) implements Generator {
  static Generator of(List<Call> calls) {
    return new Script(List.copyOf(calls));
  }

  @Override
  public Step next(Context context) {
    if (left.isEmpty()) {
      return new Step.Done();
    }
    Set<String> free = new LinkedHashSet<>();
    context.free().forEach(f -> free.add(f.client()));
    long until = Long.MAX_VALUE;
    for (int i = 0; i < left.size() && !free.isEmpty(); i++) {
      Call call = left.get(i);
      if (!free.remove(call.client())) {
        continue;
      }
      long due = due(call);
      if (due <= context.now()) {
        List<Call> rest = new ArrayList<>(left);
        rest.remove(i);
        return new Step.Do(
            new Ask(call.client(), call.f(), call.key(), call.value()), new Script(rest));
      }
      until = Math.min(until, due);
    }
    return new Step.Wait(until, this);
  }

  private static long due(Call call) {
    Duration at = call.at();
    return at == null ? 0 : at.toNanos();
  }
}
