package dev.faultline.checker.monitor;

import dev.faultline.checker.model.Call;
import java.util.ArrayList;
import java.util.List;

/** Unique ids: any order will do, unless two answers are the same. */
final class Ids {
  private Ids() {}

  static Answer decide(List<Call> calls) {
    Numbers seen = new Numbers();
    List<Call> order = new ArrayList<>();
    for (Call call : calls) {
      if (!call.known()) {
        continue;
      }
      Object id = call.output();
      if (id == null) {
        return new Answer.Unsuited("an answer without an id");
      }
      int number = seen.of(id);
      if (number < order.size()) {
        Call other = order.get(number);
        boolean later = other.operation().returned() > call.operation().returned();
        return new Answer.Impossible(List.of(other, call), later ? other : call);
      }
      order.add(call);
    }
    return new Answer.Ordered(order);
  }
}
