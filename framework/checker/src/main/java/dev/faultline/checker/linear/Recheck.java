package dev.faultline.checker.linear;

import dev.faultline.checker.model.Call;
import dev.faultline.checker.oracle.Oracle;
import dev.faultline.history.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Has the few operations that a witness shows judged again by trying all orders. */
final class Recheck {
  /** More are not tried. */
  private static final int MOST = 12;

  private Recheck() {}

  /**
   * Whether the oracle says that these have an order after all; false too where it cannot say.
   *
   * @param params what the checker was made with; without a model, nobody knows
   */
  static boolean isOrdered(Map<String, ?> params, List<Operation> few) {
    return params.containsKey("model")
        && few.size() <= MOST
        && Oracle.decide(params, few) == Oracle.Decision.ORDERED;
  }

  static boolean isOrderedCalls(Map<String, ?> params, List<Call> few) {
    return isOrdered(params, few.stream().map(Call::operation).toList());
  }

  /** Steps that still ask for all that their operations do; what may be left out never returned. */
  static boolean isOrderedSteps(Map<String, ?> params, List<Step> all, List<Step> few) {
    if (few.size() > MOST) {
      return false;
    }
    List<Operation> operations = new ArrayList<>();
    for (Step step : few) {
      for (Step before : all) {
        if (before.is(step) && before.need() != step.need()) {
          return false;
        }
      }
      operations.add(step.must() ? step.op() : Audit.open(step.op()));
    }
    return isOrdered(params, operations);
  }
}
