package dev.faultline.checker.monitor;

import dev.faultline.checker.model.Call;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lives of values which are each put in once and taken out at most once: flat arrays by value.
 * A value that nobody took is as if it were taken after all: what is left over at the end can then
 * be taken in the order that the object gives it out, so no such two takes precede each other.
 */
final class Lives {
  static final int NONE = -1;

  /** The names of an object's functions; {@code look} may be one that it has not. */
  record Names(String put, String take, String look) {}

  final List<Call> calls;
  final Moments moments;

  /** By call: the number of the value that it put in, took or saw. */
  private final int[] of;

  /** How many values there are. */
  int size;

  /** By value: who put it; none if it did not have to be. */
  int[] put;

  /** By value: who took it. */
  int[] take;

  /** By value: the event at which its put is invoked. */
  int[] begun;

  /** By value: the first return of any of its calls, by which it is inside, or was. */
  int[] inside;

  /** By value: the first return of one who took it or looked at it. */
  int[] found;

  /** By value: the last invocation of any of its calls; until then it is inside, if it was. */
  int[] leaving;

  /** Those who looked at value v: {@code looks[lookFrom[v]]} to before {@code lookFrom[v + 1]}. */
  int[] looks;

  int[] lookFrom;

  /** Calls that found nothing inside. */
  int[] empties;

  /** Calls that may have taken anything, or nothing. */
  int[] unknown;

  /** What made these lives impossible, or unfit; null if nothing. */
  @Nullable Answer flaw;

  private Lives(List<Call> calls) {
    this.calls = calls;
    this.moments = new Moments(calls);
    this.of = new int[calls.size()];
    int[] none = new int[0];
    this.put = none;
    this.take = none;
    this.begun = none;
    this.inside = none;
    this.found = none;
    this.leaving = none;
    this.looks = none;
    this.lookFrom = none;
    this.empties = none;
    this.unknown = none;
  }

  /** What is wrong before any look at the calls together; null if nothing. */
  static @Nullable Answer unsuited(List<Call> calls, Names names) {
    List<String> known = List.of(names.put(), names.take(), names.look());
    for (Call call : calls) {
      boolean put = call.f().equals(names.put());
      if (!known.contains(call.f()) || (put && call.input() == null)) {
        return new Answer.Unsuited(call.f() + ", or its value, is unknown here");
      }
      if (put && call.refused()) {
        return new Answer.Impossible(List.of(call), call);
      }
    }
    return Sweep.fits(calls) ? null : new Answer.Unsuited("too many calls");
  }

  /** The lives in calls that are not {@link #unsuited}. */
  static Lives of(List<Call> calls, Names names) {
    Lives lives = new Lives(calls);
    lives.read(names);
    return lives;
  }

  private void read(Names names) {
    int n = calls.size();
    Numbers numbers = new Numbers();
    int none = 0;
    int free = 0;
    for (int i = 0; i < n; i++) {
      Call call = calls.get(i);
      boolean puts = call.f().equals(names.put());
      Object told = puts ? call.value() : call.known() ? call.output() : null;
      of[i] = told == null ? NONE : numbers.of(told);
      if (told == null && call.known()) {
        none++;
      } else if (told == null && call.f().equals(names.take())) {
        free++;
      }
    }
    reserve(numbers.size());
    empties = new int[none];
    unknown = new int[free];
    int looked = 0;
    int twice = NONE;
    for (int i = 0; i < n; i++) {
      Call call = calls.get(i);
      int v = of[i];
      if (v == NONE) {
        if (call.known()) {
          empties[empties.length - none--] = i;
        } else if (call.f().equals(names.take())) {
          unknown[unknown.length - free--] = i;
        }
        continue;
      }
      boolean puts = call.f().equals(names.put());
      int[] place = puts ? put : take;
      if (!puts && !call.f().equals(names.take())) {
        lookFrom[v + 1]++;
        looked++;
      } else if (place[v] != NONE) {
        flaw =
            puts ? new Answer.Unsuited("value %s is put in twice".formatted(call.input())) : null;
        if (puts) {
          return;
        }
        twice = v;
      } else {
        place[v] = i;
      }
    }
    if (twice != NONE) {
      flaw = impossible(twice);
      return;
    }
    looks = new int[looked];
    for (int v = 0; v < size; v++) {
      lookFrom[v + 1] += lookFrom[v];
    }
    for (int i = n - 1; i >= 0 && looked > 0; i--) {
      int v = of[i];
      if (v != NONE && put[v] != i && take[v] != i) {
        // From the last to the first; then each begins where it should.
        looks[--lookFrom[v + 1]] = i;
        looked--;
      }
    }
    System.arraycopy(lookFrom, 1, lookFrom, 0, size);
    lookFrom[size] = looks.length;
    live();
  }

  private void reserve(int values) {
    size = values;
    put = new int[values];
    take = new int[values];
    begun = new int[values];
    inside = new int[values];
    found = new int[values];
    leaving = new int[values];
    lookFrom = new int[values + 1];
    Arrays.fill(put, NONE);
    Arrays.fill(take, NONE);
  }

  private void live() {
    int[] invoked = moments.invoked;
    int[] returned = moments.returned;
    for (int v = 0; v < size; v++) {
      boolean seen = take[v] != NONE || lookFrom[v] < lookFrom[v + 1];
      if (put[v] == NONE) {
        flaw = impossible(v);
        return;
      }
      if (!seen && !calls.get(put[v]).known()) {
        put[v] = NONE;
        continue;
      }
      begun[v] = invoked[put[v]];
      found[v] = take[v] == NONE ? moments.end + 1 : returned[take[v]];
      int last = begun[v];
      for (int l = lookFrom[v]; l < lookFrom[v + 1]; l++) {
        found[v] = Math.min(found[v], returned[looks[l]]);
        last = Math.max(last, invoked[looks[l]]);
      }
      int taken = take[v] == NONE ? moments.end : invoked[take[v]];
      leaving[v] = Math.max(last, taken);
      inside[v] = Math.min(found[v], returned[put[v]]);
      if (begun[v] > found[v] || (take[v] != NONE && last > returned[take[v]])) {
        flaw = impossible(v);
        return;
      }
    }
  }

  /** The values that are in the history for certain and that nobody took. */
  int[] left() {
    int[] left = new int[size];
    int count = 0;
    for (int v = 0; v < size; v++) {
      if (put[v] != NONE && take[v] == NONE) {
        left[count++] = v;
      }
    }
    return Arrays.copyOf(left, count);
  }

  /** From now on a call of unknown outcome took the value, which nobody looked at. */
  void taken(int v, int by) {
    take[v] = by;
    leaving[v] = Math.max(begun[v], moments.invoked[by]);
  }

  /** By moment: the next one, or itself, at which no value is certainly inside. */
  int[] free() {
    return free(new int[0]);
  }

  /** The same without some values. */
  int[] free(int[] without) {
    boolean[] ignored = new boolean[size];
    for (int v : without) {
      ignored[v] = true;
    }
    int[] free = new int[moments.end + 1];
    for (int v = 0; v < size; v++) {
      if (!ignored[v] && put[v] != NONE && inside[v] < leaving[v]) {
        free[inside[v]] = Math.max(free[inside[v]], leaving[v]);
      }
    }
    for (int t = 1; t <= moments.end; t++) {
      free[t] = Math.max(free[t], free[t - 1]);
    }
    for (int t = moments.end; t >= 0; t--) {
      free[t] = free[t] <= t ? t : free[t + 1];
    }
    return free;
  }

  /** That the call, which found nothing, has no order with values which follow each other. */
  Answer covered(int empty) {
    boolean[] all = new boolean[size];
    Arrays.fill(all, true);
    return covered(empty, moments.invoked[empty], all);
  }

  /** That a call has none with values among these, one of which is inside from an event on. */
  Answer covered(int call, int from, boolean[] among) {
    int[] last = new int[moments.end];
    Arrays.fill(last, NONE);
    for (int v = 0; v < size; v++) {
      if (among[v] && put[v] != NONE && inside[v] < leaving[v]) {
        last[inside[v]] = v;
      }
    }
    for (int t = 1; t < moments.end; t++) {
      boolean longer =
          last[t] == NONE || (last[t - 1] != NONE && leaving[last[t - 1]] > leaving[last[t]]);
      last[t] = longer ? last[t - 1] : last[t];
    }
    List<Integer> chain = new ArrayList<>();
    int until = moments.returned[call];
    for (int t = from; t < until; t = leaving[last[t]]) {
      chain.add(last[t]);
    }
    if (of[call] != NONE) {
      chain.add(of[call]);
    }
    return impossible(chain.stream().mapToInt(v -> v).toArray(), call);
  }

  /**
   * That these values' calls have no order; with those that may have taken any value, if one of
   * them was left over.
   */
  Answer impossible(int... values) {
    return impossible(values, NONE);
  }

  private Answer impossible(int[] values, int call) {
    boolean[] chosen = new boolean[size];
    boolean left = false;
    for (int v : values) {
      chosen[v] = true;
      left |= take[v] == NONE;
    }
    boolean[] shown = new boolean[calls.size()];
    for (int i = 0; i < shown.length; i++) {
      shown[i] = i == call || (of[i] != NONE && chosen[of[i]]);
    }
    for (int i = 0; left && i < unknown.length; i++) {
      shown[unknown[i]] = true;
    }
    List<Call> core = new ArrayList<>();
    for (int i = 0; i < shown.length; i++) {
      if (shown[i]) {
        core.add(calls.get(i));
      }
    }
    return new Answer.Impossible(core, core.get(core.size() - 1));
  }
}
