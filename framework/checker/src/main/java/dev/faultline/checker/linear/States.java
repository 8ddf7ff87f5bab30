package dev.faultline.checker.linear;

import dev.faultline.checker.model.Call;
import dev.faultline.checker.model.Model;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The moves of a model: the states that were reached, as numbers, and what each kind of call makes
 * of each, asked once.
 */
final class States<S> implements Moves {
  private static final int UNKNOWN = Integer.MIN_VALUE;

  /** Up to so many kinds there is a row of all of them for each state. */
  private static final int FEW = 128;

  private static final long ENTRY = 120;

  private final Model<S> model;

  /** Per kind: a call of it. */
  private final List<Call> calls;

  private final List<S> states = new ArrayList<>();
  private final Map<S, Integer> numbers = new HashMap<>();
  private final List<int[]> several = new ArrayList<>();
  private long bytes;

  /** Per state: where each kind leads; where kinds are few. */
  private int[][] rows = new int[8][];

  // Where they are many: open addressing, by state and kind; a key and one more.
  private long[] keys = new long[0];
  private int[] targets = new int[0];
  private int known;

  States(Model<S> model, List<Call> calls) {
    this.model = model;
    this.calls = calls;
    if (calls.size() > FEW) {
      keys = new long[1024];
      targets = new int[1024];
    }
    number(model.initial());
  }

  @Override
  public int next(int state, int kind) {
    if (keys.length == 0) {
      int[] row = rows[state];
      if (row[kind] == UNKNOWN) {
        // The row may move while the model makes states.
        int target = ask(state, kind);
        rows[state][kind] = target;
        return target;
      }
      return row[kind];
    }
    long key = ((long) state << 32 | kind) + 1;
    int slot = slot(key);
    if (keys[slot] == 0) {
      int target = ask(state, kind);
      slot = slot(key);
      keys[slot] = key;
      targets[slot] = target;
      if (++known * 2 > keys.length) {
        grow();
      }
      return target;
    }
    return targets[slot];
  }

  private int slot(long key) {
    int mask = keys.length - 1;
    long hash = key * 0x9E3779B97F4A7C15L;
    int slot = (int) (hash >>> 32) & mask;
    while (keys[slot] != 0 && keys[slot] != key) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldTargets = targets;
    keys = new long[2 * oldKeys.length];
    targets = new int[2 * oldKeys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != 0) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        targets[slot] = oldTargets[i];
      }
    }
  }

  private int ask(int state, int kind) {
    List<S> made = model.step(states.get(state), calls.get(kind));
    if (made.size() < 2) {
      return made.isEmpty() ? NONE : number(made.get(0));
    }
    int[] all = new int[made.size()];
    int count = 0;
    for (S one : made) {
      int number = number(one);
      boolean isNew = true;
      for (int i = 0; i < count; i++) {
        isNew &= all[i] != number;
      }
      if (isNew) {
        all[count++] = number;
      }
    }
    if (count == 1) {
      return all[0];
    }
    several.add(Arrays.copyOf(all, count));
    bytes += 16 + 4L * count;
    return NONE - several.size();
  }

  @Override
  public int[] several(int code) {
    return several.get(NONE - 1 - code);
  }

  private int number(S state) {
    Integer number = numbers.get(state);
    if (number != null) {
      return number;
    }
    int next = states.size();
    numbers.put(state, next);
    states.add(state);
    bytes += ENTRY + 20L * size(state);
    if (keys.length == 0) {
      if (next == rows.length) {
        rows = Arrays.copyOf(rows, 2 * next);
      }
      int[] row = new int[calls.size()];
      Arrays.fill(row, UNKNOWN);
      rows[next] = row;
      bytes += 16 + 4L * row.length;
    }
    return next;
  }

  private static int size(@Nullable Object state) {
    return switch (state) {
      case Collection<?> c -> c.size();
      case Map<?, ?> m -> 3 * m.size();
      case String s -> s.length() / 16;
      case null, default -> 1;
    };
  }

  @Override
  public long bytes() {
    return bytes + 12L * keys.length * 2;
  }
}
