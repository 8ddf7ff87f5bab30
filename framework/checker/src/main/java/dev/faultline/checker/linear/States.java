package dev.faultline.checker.linear;

import dev.faultline.checker.model.Model;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The states that were reached, as numbers from 0; what each kind of call makes of each, once. */
final class States<S> {
  private static final long ENTRY = 100;

  private final Model<S> model;
  private final Problem problem;
  private final List<S> states = new ArrayList<>();
  private final Map<S, Integer> numbers = new HashMap<>();
  private final Map<Long, int[]> next = new HashMap<>();
  private long bytes;

  States(Model<S> model, Problem problem) {
    this.model = model;
    this.problem = problem;
    number(model.initial());
  }

  /** Where the call may lead from there. */
  int[] after(int state, int call) {
    long transition = (long) state << 32 | problem.kind[call];
    int[] known = next.get(transition);
    if (known == null) {
      List<S> made = model.step(states.get(state), problem.calls[call]);
      known = new int[made.size()];
      for (int i = 0; i < known.length; i++) {
        known[i] = number(made.get(i));
      }
      next.put(transition, known);
      bytes += ENTRY;
    }
    return known;
  }

  /** What all this holds, roughly. */
  long bytes() {
    return bytes;
  }

  private int number(S state) {
    Integer number = numbers.get(state);
    if (number == null) {
      number = states.size();
      numbers.put(state, number);
      states.add(state);
      int size =
          state instanceof Collection<?> c ? c.size() : state instanceof Map<?, ?> m ? m.size() : 1;
      bytes += ENTRY + 16L * size;
    }
    return number;
  }
}
