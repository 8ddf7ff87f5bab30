package dev.faultline.checker.monitor;

import dev.faultline.checker.model.Call;
import java.util.Arrays;
import java.util.List;

/**
 * One key of lists that are appended to, read as wholes. The longest read tells the order of what
 * it found; the rest comes later, or never. Not suited where a value that was read is appended
 * several times.
 */
final class OneList {
  private static final int NONE = -1;
  private static final int SEVERAL = -2;

  private OneList() {}

  static Answer decide(List<Call> calls) {
    return Prefix.shortest(calls, false, OneList::attempt);
  }

  private static Answer attempt(List<Call> calls) {
    OneKey[] ops = OneKey.all(calls);
    if (ops == null) {
      return new Answer.Unsuited("transactions, or several keys");
    }
    Numbers values = new Numbers();
    int[] appends = new int[calls.size()];
    Arrays.fill(appends, NONE);
    List<?> longest = List.of();
    for (int i = 0; i < ops.length; i++) {
      if (ops[i].reads()) {
        if (calls.get(i).known()) {
          if (!(ops[i].found() == null || ops[i].found() instanceof List<?>)) {
            return new Answer.Unsuited("a read of something else than a list");
          }
          longest = found(ops[i]).size() > longest.size() ? found(ops[i]) : longest;
        }
        continue;
      }
      Object value = ops[i].value();
      if (!ops[i].f().equals("append") || value == null) {
        return new Answer.Unsuited("unknown function " + ops[i].f());
      }
      int number = values.of(value);
      appends[number] = appends[number] == NONE ? i : SEVERAL;
    }
    ValueCalls steps = new ValueCalls(calls);
    int[] place = new int[calls.size()];
    Arrays.fill(place, NONE);
    int[] states = new int[longest.size() + 1];
    for (int k = 1; k < states.length; k++) {
      states[k] = steps.state();
      Object value = longest.get(k - 1);
      int number = value == null ? NONE : values.find(value);
      if (number != NONE && appends[number] == SEVERAL) {
        return new Answer.Unsuited("value " + value + " is appended several times");
      }
      if (number != NONE && place[appends[number]] == NONE) {
        place[appends[number]] = k;
      }
    }
    return decide(calls, ops, longest, steps, place, states);
  }

  private static List<?> found(OneKey op) {
    return op.found() instanceof List<?> list ? list : List.of();
  }

  private static Answer decide(
      List<Call> calls,
      OneKey[] ops,
      List<?> longest,
      ValueCalls steps,
      int[] place,
      int[] states) {
    for (int i = 0; i < ops.length; i++) {
      if (place[i] != NONE) {
        steps.step(i, states[place[i] - 1], states[place[i]]);
      } else if (!ops[i].reads()) {
        steps.unseen(i);
      } else if (calls.get(i).known()) {
        List<?> found = found(ops[i]);
        boolean fits = found.equals(longest.subList(0, found.size()));
        // What nobody made is found by nobody; that is what makes it impossible.
        steps.step(i, fits ? states[found.size()] : steps.state(), Chains.SAME);
      }
    }
    return steps.decide();
  }
}
