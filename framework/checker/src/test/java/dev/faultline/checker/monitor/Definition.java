package dev.faultline.checker.monitor;

import dev.faultline.checker.model.Call;
import dev.faultline.checker.model.Model;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What it means that calls have an order, tried out in every way; for a dozen calls. */
public final class Definition<S> {
  private record Done<S>(int calls, S state) {}

  private final Model<S> model;
  private final List<Call> calls;
  private final Set<Done<S>> failed = new HashSet<>();

  private Definition(Model<S> model, List<Call> calls) {
    this.model = model;
    this.calls = calls;
  }

  /** Whether they have one. */
  public static <S> boolean possible(Model<S> model, List<Call> calls) {
    return new Definition<>(model, calls).search(0, model.initial());
  }

  private boolean search(int done, S state) {
    boolean all = true;
    for (int i = 0; i < calls.size(); i++) {
      all &= (done & 1 << i) != 0 || !calls.get(i).known();
    }
    if (all) {
      return true;
    }
    if (!failed.add(new Done<>(done, state))) {
      return false;
    }
    for (int i = 0; i < calls.size(); i++) {
      if ((done & 1 << i) != 0 || late(done, i)) {
        continue;
      }
      for (S next : model.step(state, calls.get(i))) {
        if (search(done | 1 << i, next)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean late(int done, int i) {
    for (int j = 0; j < calls.size(); j++) {
      if ((done & 1 << j) == 0 && calls.get(j).operation().precedes(calls.get(i).operation())) {
        return true;
      }
    }
    return false;
  }

  /** What is wrong with an order; null if nothing. */
  public static <S> @Nullable String problem(Model<S> model, List<Call> calls, List<Call> order) {
    Set<Integer> placed = new HashSet<>();
    Set<S> states = Set.of(model.initial());
    long latest = -1;
    for (Call call : order) {
      if (!placed.add(call.operation().id()) || !calls.contains(call)) {
        return call + " is placed twice, or foreign";
      }
      if (call.known() && call.operation().returned() < latest) {
        return call + " stands too late";
      }
      latest = Math.max(latest, call.operation().invoked());
      Set<S> next = new HashSet<>();
      states.forEach(s -> next.addAll(model.step(s, call)));
      if (next.isEmpty()) {
        return call + " does not fit into " + states;
      }
      states = next;
    }
    for (Call call : calls) {
      if (call.known() && !placed.contains(call.operation().id())) {
        return call + " is missing";
      }
    }
    return null;
  }
}
