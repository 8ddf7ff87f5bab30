package dev.faultline.checker.monitor;

import dev.faultline.checker.Budget;
import dev.faultline.checker.model.Call;
import java.util.List;
import java.util.function.Function;

/**
 * Finds a few calls that have no order, and the call by whose return that became certain, for
 * deciders that name the values at which they fail.
 */
final class Core {
  /** Of more calls than these the shortest beginning without an order is not sought. */
  private static final int MANY = 20_000;

  private Core() {}

  static Answer of(List<Call> calls, Function<List<Call>, Answer> decider) {
    Answer whole = decider.apply(calls);
    if (!(whole instanceof Answer.Impossible impossible)) {
      return whole;
    }
    if (calls.size() <= MANY) {
      try {
        if (Prefix.shortest(calls, false, decider) instanceof Answer.Impossible first
            && decider.apply(first.core()) instanceof Answer.Impossible core) {
          return new Answer.Impossible(core.core(), first.last());
        }
      } catch (Budget.Spent e) {
        return latest(impossible);
      }
    }
    return latest(impossible);
  }

  /** By the last return of its core at the latest. */
  private static Answer latest(Answer.Impossible impossible) {
    Call last = impossible.last();
    for (Call call : impossible.core()) {
      last = Sweep.returned(call) > Sweep.returned(last) && call.known() ? call : last;
    }
    return new Answer.Impossible(impossible.core(), last);
  }
}
