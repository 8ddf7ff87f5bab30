package dev.faultline.checker.monitor;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Small numbers for values, in the order of their first sight: equal values have the same. A third
 * of a {@link java.util.HashMap}'s memory.
 */
public final class Numbers {
  private @Nullable Object[] values = new @Nullable Object[16];
  private int[] slots = new int[32];
  private int size;

  /** How many there are. */
  public int size() {
    return size;
  }

  /** The number of a value, a new one if it has none yet. */
  public int of(Object value) {
    int slot = slot(value);
    if (slots[slot] == 0) {
      if (2 * (size + 1) > slots.length) {
        grow();
        slot = slot(value);
      }
      values[size] = value;
      slots[slot] = ++size;
    }
    return slots[slot] - 1;
  }

  /** The number of a value; -1 if it has none. */
  public int find(Object value) {
    return slots[slot(value)] - 1;
  }

  private int slot(Object value) {
    int mask = slots.length - 1;
    int hash = value.hashCode() * 0x9E3779B9;
    int slot = (hash ^ hash >>> 15) & mask;
    while (slots[slot] != 0 && !value.equals(values[slots[slot] - 1])) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private void grow() {
    values = Arrays.copyOf(values, 2 * values.length);
    slots = new int[2 * slots.length];
    for (int i = 0; i < size; i++) {
      Object value = values[i];
      if (value != null) {
        slots[slot(value)] = i + 1;
      }
    }
  }
}
