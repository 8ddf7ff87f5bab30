package dev.faultline.checker.monitor;

import dev.faultline.checker.model.Call;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A call on one key, alone or the only part of a transaction: {@code [function, key, value]}. */
record OneKey(String f, Object key, @Nullable Object value, @Nullable Object found) {
  /** Null if there are several parts, or the shape is strange. */
  static @Nullable OneKey of(Call call) {
    if (!call.f().equals("txn")) {
      return new OneKey(call.f(), String.valueOf(call.key()), call.input(), call.output());
    }
    OneKey asked = part(call.input());
    if (asked == null || !call.known()) {
      return asked;
    }
    OneKey told = part(call.output());
    // An answer to something else is for the model to refuse.
    boolean same =
        told != null
            && told.f().equals(asked.f())
            && told.key().equals(asked.key())
            && (asked.reads() || Objects.equals(told.value(), asked.value()));
    return same ? told : null;
  }

  private static @Nullable OneKey part(@Nullable Object parts) {
    if (parts instanceof List<?> list
        && list.size() == 1
        && list.get(0) instanceof List<?> three
        && three.size() == 3
        && three.get(0) instanceof String f) {
      return new OneKey(f, String.valueOf(three.get(1)), three.get(2), three.get(2));
    }
    return null;
  }

  boolean reads() {
    return f.equals("r") || f.equals("read");
  }

  /** The calls of one object; null if one of them is not such. */
  static OneKey @Nullable [] all(List<Call> calls) {
    OneKey[] all = new OneKey[calls.size()];
    for (int i = 0; i < all.length; i++) {
      OneKey one = of(calls.get(i));
      if (one == null || (i > 0 && !Objects.equals(one.key(), all[0].key()))) {
        return null;
      }
      all[i] = one;
    }
    return all;
  }
}
