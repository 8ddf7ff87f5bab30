package dev.faultline.checker.monitor;

import dev.faultline.checker.Budget;
import dev.faultline.checker.model.Call;
import dev.faultline.history.Operation;
import dev.faultline.history.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Finds the return by which it was certain that there is no order. */
final class Prefix {
  private Prefix() {}

  /**
   * The decider's answer; if there is no order, with the calls up to the first return by which it
   * says so, or up to a later one, if the budget of {@link Polled} calls ends before that is found.
   *
   * @param sweeps whether, up to the call that it names, there was an order
   */
  static Answer shortest(List<Call> calls, boolean sweeps, Function<List<Call>, Answer> decider) {
    Answer whole = decider.apply(calls);
    if (!(whole instanceof Answer.Impossible impossible)) {
      return whole;
    }
    List<Call> all = Polled.plain(calls);
    long[] returns =
        all.stream().filter(Call::known).mapToLong(c -> c.operation().returned()).toArray();
    Arrays.sort(returns);
    int low = 0;
    if (sweeps) {
      Operation stuck = impossible.last().operation();
      long time = Math.min(stuck.returned(), returns[returns.length - 1]);
      // One that came too late was so when it was invoked, but its answer was not known.
      low = Math.max(0, Arrays.binarySearch(returns, time));
    }
    int high = first(calls, returns, low, decider);
    List<Call> core = new ArrayList<>();
    Call last = impossible.last();
    for (Call call : all) {
      if (call.operation().invoked() < returns[high]) {
        core.add(call);
        last = call.known() && call.operation().returned() == returns[high] ? call : last;
      }
    }
    return new Answer.Impossible(core, last);
  }

  /** The first of these returns, from one on, by which there is no order, as far as is found. */
  private static int first(
      List<Call> calls, long[] returns, int from, Function<List<Call>, Answer> decider) {
    int low = from;
    int high = returns.length - 1;
    int step = 1;
    try {
      while (low < high) {
        int middle = Math.min(low + step - 1, (low + high) >>> 1);
        if (decider.apply(until(calls, returns[middle])) instanceof Answer.Impossible) {
          high = middle;
        } else {
          low = middle + 1;
        }
        step = step > high ? step : 2 * step;
      }
    } catch (Budget.Spent e) {
      return high;
    }
    return high;
  }

  /** What had been called by then; what had not returned is open. */
  static List<Call> until(List<Call> calls, long time) {
    List<Call> before = new ArrayList<>();
    for (Call call : calls) {
      if (call.operation().invoked() < time) {
        boolean open = call.known() && call.operation().returned() > time;
        before.add(open ? open(call) : call);
      }
    }
    return Polled.like(calls, before);
  }

  private static Call open(Call call) {
    Operation op = call.operation();
    return new Call(
        call.f(),
        call.input(),
        null,
        new Operation(
            op.id(),
            op.process(),
            op.f(),
            op.key(),
            op.input(),
            null,
            Outcome.INFO,
            "open",
            op.invoked(),
            op.invokeTime(),
            Operation.NEVER,
            Operation.NEVER,
            op.client(),
            op.node(),
            op.intendedTime()));
  }
}
