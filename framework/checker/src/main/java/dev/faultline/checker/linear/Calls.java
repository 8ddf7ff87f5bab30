package dev.faultline.checker.linear;

import dev.faultline.checker.Budget;
import dev.faultline.checker.model.Call;
import dev.faultline.checker.model.Model;
import dev.faultline.checker.monitor.Answer;
import dev.faultline.history.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides calls of one object by search, whatever its model. Those that may be left out and cannot
 * matter are left out at once: those that only look, and those whose value (see {@link
 * Model#value}) no certain call has.
 */
final class Calls {
  /** The same to the model, whoever asked it, unless that matters. */
  private record Kind(
      String f,
      @Nullable Object input,
      @Nullable Object output,
      int known,
      @Nullable Object key,
      @Nullable Object owner) {}

  private Calls() {}

  /** Whether it took effect; a failed one is only here if its model takes that for an answer. */
  static boolean isCertain(Call call) {
    return call.known() || call.failed();
  }

  /** Without those that cannot matter. */
  static List<Call> reduced(Model<?> model, List<Call> all) {
    boolean complete = true;
    for (Call call : all) {
      complete &= isCertain(call);
    }
    if (complete) {
      return all;
    }
    Set<Object> certain = new HashSet<>();
    for (Call call : all) {
      Object value = isCertain(call) ? model.value(call) : null;
      if (value != null) {
        certain.add(value);
      }
    }
    List<Call> calls = new ArrayList<>();
    for (Call call : all) {
      Object value = isCertain(call) ? null : model.value(call);
      if (isCertain(call)
          || !(model.observes(call) || (value != null && !certain.contains(value)))) {
        calls.add(call);
      }
    }
    return calls;
  }

  /** Calls as a search sees them. */
  record Laid(List<Call> calls, Layout layout, Moves moves) {}

  /** Lays out the calls that matter, given in the order of invocation. */
  static <S> Laid lay(Model<S> model, List<Call> all) {
    List<Call> calls = reduced(model, all);
    Map<Kind, Integer> kinds = new HashMap<>();
    List<Call> first = new ArrayList<>();
    Layout.Builder builder = new Layout.Builder(calls.size());
    for (Call call : calls) {
      int known = call.known() ? 1 : call.failed() ? 2 : 0;
      Object output = known == 1 ? call.output() : null;
      Object owner = model.byOwner() ? call.owner() : null;
      Object key = model.acrossKeys() ? call.key() : null;
      Kind same = new Kind(call.f(), call.input(), output, known, key, owner);
      Integer kind = kinds.get(same);
      if (kind == null) {
        kind = first.size();
        kinds.put(same, kind);
        first.add(call);
      }
      Operation op = call.operation();
      builder.add(kind, known != 0, op.invoked(), known == 0 ? Operation.NEVER : op.returned());
    }
    boolean[] observes = new boolean[first.size()];
    boolean[] blind = new boolean[first.size()];
    for (int k = 0; k < observes.length; k++) {
      observes[k] = model.observes(first.get(k));
      blind[k] = !observes[k] && model.overwrites(first.get(k));
    }
    return new Laid(calls, builder.build(observes, blind), new States<>(model, first));
  }

  /**
   * Decides by search.
   *
   * @param all in the order of invocation
   * @param effort how many configurations may be looked at, besides the budget
   */
  static <S> Answer decide(Model<S> model, List<Call> all, Budget budget, long effort) {
    Laid laid = lay(model, all);
    Race.Outcome outcome = Race.run(laid.layout(), laid.moves(), budget, effort);
    if (outcome.ended() != null) {
      return new Answer.Exhausted(outcome.ended(), outcome.farthest(), outcome.alternatives());
    }
    List<Call> calls = laid.calls();
    List<Integer> order = outcome.order();
    if (order == null) {
      return new Answer.Impossible(calls, calls.get(laid.layout().returns[outcome.farthest()]));
    }
    List<Call> ordered = new ArrayList<>(order.size());
    for (int call : order) {
      ordered.add(calls.get(call));
    }
    return new Answer.Ordered(ordered);
  }
}
