package dev.faultline.json;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A rolling hash over values by what {@link Json#write(Object)} would write: the same text gives
 * the same hash on every JVM, and the order of an object's members counts as it does there. It
 * tells accidents apart, not attacks: 64 bits, from the specified hash of each string and its
 * length.
 */
public final class JsonHash {
  private static final long SEED = 0x9e3779b97f4a7c15L;
  private static final long STRING = 0xc2b2ae3d27d4eb4fL;
  private static final long TEXT = 0x2545f4914f6cdd1dL;
  private static final long DOUBLE = 0x165667b19e3779f9L;
  private static final long MEMBER = 0x9fb21c651e98df25L;
  private static final long NULL = 0x27d4eb2f165667c5L;
  private static final long TRUE = 0x85ebca77c2b2ae63L;
  private static final long FALSE = 0xd6e8feb86659fd93L;
  private static final long OBJECT = 0xa0761d6478bd642fL;
  private static final long LIST = 0xe7037ed1a0b428dbL;
  private static final long END = 0x8ebc6af09c88c6e3L;

  private long state = SEED;

  /** The hash of everything that was added so far. */
  public long value() {
    return state;
  }

  /** Adds a number. */
  public void add(long number) {
    long z = (state ^ number) * 0xbf58476d1ce4e5b9L;
    state = z ^ (z >>> 29);
  }

  /** Adds a text. */
  public void add(String text) {
    add(of(text));
  }

  private static long of(String text) {
    return text.hashCode() * STRING + text.length() + TEXT;
  }

  /** Adds a member of an object, in one step where its value is plain. */
  public void add(String name, long number) {
    add(name.hashCode() * MEMBER + number);
  }

  /** Adds a member of an object, in one step where its value is plain. */
  public void add(String name, @Nullable Object value) {
    if (value instanceof String text) {
      add(name.hashCode() * MEMBER + of(text));
    } else {
      add(name);
      add(value);
    }
  }

  /** Adds any value that {@link Json#write(Object)} takes. */
  public void add(@Nullable Object value) {
    // A chain, the usual first: this is on the way of every simulated schedule.
    if (value instanceof String text) {
      add(of(text));
    } else if (value instanceof Long number) {
      add(number.longValue());
    } else if (value == null) {
      add(NULL);
    } else if (value instanceof Map<?, ?> map) {
      add(OBJECT);
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        add(String.valueOf(entry.getKey()), entry.getValue());
      }
      add(END);
    } else if (value instanceof Iterable<?> list) {
      add(LIST);
      for (Object element : list) {
        add(element);
      }
      add(END);
    } else if (value instanceof Boolean truth) {
      add(truth ? TRUE : FALSE);
    } else if (value instanceof Double || value instanceof Float) {
      add(Double.doubleToLongBits(((Number) value).doubleValue()) ^ DOUBLE);
    } else if (value instanceof Number number) {
      add(number.longValue());
    } else {
      add(of(value.toString()));
    }
  }
}
