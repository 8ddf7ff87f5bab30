package dev.faultline.checker.monitor;

import dev.faultline.checker.model.Call;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who makes the calls of a lock. */
final class Owners {
  private Owners() {}

  /**
   * Why calls that are to be told apart by their owners cannot be: one has two open at once, and
   * what looks impossible may only be so for want of the other. Else null.
   */
  static @Nullable Answer unsuited(List<Call> calls) {
    Map<Object, Long> busy = new HashMap<>();
    for (Call call : calls) {
      Object owner = call.owner();
      if (busy.getOrDefault(owner, -1L) > call.operation().invoked()) {
        return new Answer.Unsuited("%s has two calls open".formatted(owner));
      }
      if (call.known()) {
        busy.put(owner, call.operation().returned());
      }
    }
    return null;
  }
}
