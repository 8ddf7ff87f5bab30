package dev.faultline.checker.monitor;

import dev.faultline.checker.model.Call;
import java.util.List;

/** One key of several registers, whose written values are all different. */
final class OneRegister {
  private OneRegister() {}

  static Answer decide(List<Call> calls) {
    return Prefix.shortest(calls, false, OneRegister::attempt);
  }

  private static Answer attempt(List<Call> calls) {
    OneKey[] ops = OneKey.all(calls);
    if (ops == null) {
      return new Answer.Unsuited("transactions, or several keys");
    }
    ValueCalls steps = new ValueCalls(calls);
    Numbers values = new Numbers();
    for (int i = 0; i < ops.length; i++) {
      Object value = ops[i].reads() ? ops[i].found() : ops[i].value();
      int state = value == null ? 0 : 1 + values.of(value);
      if (!ops[i].reads()) {
        if (!(ops[i].f().equals("w") || ops[i].f().equals("write")) || value == null) {
          return new Answer.Unsuited("unknown function " + ops[i].f());
        }
        steps.step(i, Chains.ANY, state);
      } else if (calls.get(i).known()) {
        steps.step(i, state, Chains.SAME);
      }
    }
    return steps.decide();
  }
}
