package dev.faultline.checker.monitor;

import dev.faultline.checker.model.Call;
import java.util.Arrays;
import java.util.List;

/** Calls as steps of {@link Chains}: what each must find, what it leaves. */
final class ValueCalls {
  private static final int LEFT_OUT = -3;

  private final List<Call> calls;
  private final int[] need;
  private final int[] make;

  /** By call, when it began and ended. */
  private final long[] invoked;

  private final long[] returned;
  private int states = 1;

  /** At first every call is left out. */
  ValueCalls(List<Call> calls) {
    this.calls = calls;
    this.need = new int[calls.size()];
    this.make = new int[calls.size()];
    this.invoked = new long[calls.size()];
    this.returned = new long[calls.size()];
    Arrays.fill(make, LEFT_OUT);
    for (int i = 0; i < make.length; i++) {
      invoked[i] = calls.get(i).operation().invoked();
      returned[i] = Sweep.returned(calls.get(i));
    }
  }

  /** The number of a new state. */
  int state() {
    return states++;
  }

  void step(int call, int needed, int made) {
    need[call] = needed;
    make[call] = made;
  }

  /** It counts as open for so long. */
  void open(int call, long from, long to) {
    invoked[call] = from;
    returned[call] = to;
  }

  /** It makes something that nobody finds. */
  void unseen(int call) {
    if (calls.get(call).known()) {
      step(call, Chains.ANY, state());
    }
  }

  Answer decide() {
    int[] call = new int[need.length];
    int count = 0;
    Chains chains = new Chains(need.length);
    for (int i = 0; i < need.length; i++) {
      if (make[i] != LEFT_OUT) {
        chains.add(need[i], make[i], invoked[i], returned[i]);
        call[count++] = i;
      }
    }
    if (!chains.suited()) {
      return new Answer.Unsuited("a value is written several times");
    }
    int[] order = chains.order();
    if (order != null) {
      Call[] ordered = new Call[order.length];
      for (int i = 0; i < ordered.length; i++) {
        ordered[i] = calls.get(call[order[i]]);
      }
      return new Answer.Ordered(List.of(ordered));
    }
    return new Answer.Impossible(calls, calls.get(calls.size() - 1));
  }
}
