package dev.faultline.checker.linear;

import java.util.Arrays;
import java.util.List;

/** The moves of steps: a kind is what they need and what they make. */
final class StepMoves implements Moves {
  private int[] need = new int[16];
  private int[] make = new int[16];
  private int kinds;

  /** Open addressing, by (need, make); a number and one more. */
  private int[] slots = new int[64];

  /** The calls of these steps, in the order of invocation. */
  Layout layout(List<Step> steps) {
    Layout.Builder builder = new Layout.Builder(steps.size());
    for (Step step : steps) {
      builder.add(kind(step), step.must(), step.invoked(), step.returned());
    }
    boolean[] observes = new boolean[kinds];
    boolean[] blind = new boolean[kinds];
    for (int kind = 0; kind < kinds; kind++) {
      observes[kind] = make[kind] == Step.SAME || make[kind] == need[kind];
      blind[kind] = need[kind] == Step.ANY && !observes[kind];
    }
    return builder.build(observes, blind);
  }

  private int kind(Step step) {
    int slot = slot(step.need(), step.make());
    if (slots[slot] == 0) {
      if (kinds == need.length) {
        need = Arrays.copyOf(need, 2 * kinds);
        make = Arrays.copyOf(make, 2 * kinds);
        slots = new int[8 * kinds];
        for (int kind = 0; kind < kinds; kind++) {
          slots[slot(need[kind], make[kind])] = kind + 1;
        }
        slot = slot(step.need(), step.make());
      }
      need[kinds] = step.need();
      make[kinds] = step.make();
      slots[slot] = ++kinds;
    }
    return slots[slot] - 1;
  }

  private int slot(int needed, int made) {
    int mask = slots.length - 1;
    int hash = (needed * 31 + made) * 0x9E3779B9;
    int slot = (hash ^ hash >>> 15) & mask;
    while (slots[slot] != 0 && (need[slots[slot] - 1] != needed || make[slots[slot] - 1] != made)) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  @Override
  public int next(int state, int kind) {
    int needed = need[kind];
    if (needed != Step.ANY && needed != state) {
      return NONE;
    }
    int made = make[kind];
    return made == Step.SAME ? state : made;
  }

  @Override
  public int[] several(int code) {
    throw new IllegalStateException("a step leads to one state");
  }

  @Override
  public long bytes() {
    return 0;
  }
}
