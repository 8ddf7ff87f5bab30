package dev.faultline.checker.monitor;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Small numbers for values, in the order of their first sight: equal values have the same. A third
 * of a {@link java.util.HashMap}'s memory. Whole numbers that are not much greater than there are
 * values are looked up by themselves, so that those that follow each other lie side by side.
 */
public final class Numbers {
  /** Room by themselves for whole numbers up to so many times the values that there are. */
  private static final int SPARSE = 4;

  private @Nullable Object[] values = new @Nullable Object[16];

  /** By a hash: a number and one more. */
  private int[] slots = new int[32];

  /** How many are in {@link #slots}. */
  private int hashed;

  /** By a whole number: its number and one more. */
  private int[] direct = new int[0];

  private int size;

  /** How many there are. */
  public int size() {
    return size;
  }

  /** The number of a value, a new one if it has none yet. */
  public int of(Object value) {
    if (value instanceof Long n && hasRoom(n)) {
      int at = (int) (long) n;
      if (direct[at] == 0) {
        direct[at] = number(value);
      }
      return direct[at] - 1;
    }
    int slot = slot(value);
    if (slots[slot] == 0) {
      if (2 * (hashed + 1) > slots.length) {
        rehash(2 * slots.length);
        slot = slot(value);
      }
      hashed++;
      slots[slot] = number(value);
    }
    return slots[slot] - 1;
  }

  /** The number of a value; -1 if it has none. */
  public int find(Object value) {
    return value instanceof Long n && n >= 0 && n < direct.length
        ? direct[(int) (long) n] - 1
        : slots[slot(value)] - 1;
  }

  /** The value that has a number. */
  public Object value(int number) {
    return Objects.requireNonNull(values[number]);
  }

  private int number(Object value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size] = value;
    return ++size;
  }

  /** Whether a whole number is looked up by itself; makes room if it is worth it. */
  private boolean hasRoom(long n) {
    int room = SPARSE * Math.min(size, Integer.MAX_VALUE / SPARSE);
    // It doubles at least, so that what is moved is little in all.
    if (n >= direct.length && n < room && room >= 2L * direct.length) {
      direct = Arrays.copyOf(direct, room);
      // Some that were too great before are not any more.
      rehash(slots.length);
    }
    return n >= 0 && n < direct.length;
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

  private void rehash(int length) {
    int[] before = slots;
    slots = new int[length];
    hashed = 0;
    for (int number : before) {
      Object value = number == 0 ? null : values[number - 1];
      if (value instanceof Long n && n >= 0 && n < direct.length) {
        direct[(int) (long) n] = number;
      } else if (value != null) {
        hashed++;
        slots[slot(value)] = number;
      }
    }
  }
}
