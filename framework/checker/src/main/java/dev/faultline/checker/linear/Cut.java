package dev.faultline.checker.linear;

import dev.faultline.checker.Budget;
import dev.faultline.checker.model.Call;
import dev.faultline.checker.model.Model;
import dev.faultline.checker.monitor.Answer;
import dev.faultline.checker.monitor.Monitors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes the bad calls of an object few, by cuts that never turn a good history bad: what was
 * invoked after the search got stuck, all calls with a value ({@link Model#value}), and calls that
 * only look.
 */
final class Cut<S> {
  /** Configurations that one attempt may cost; a harder one is not tried further. */
  private static final long EFFORT = 20_000;

  private final Model<S> model;
  private final Budget budget;

  Cut(Model<S> model, Budget budget) {
    this.model = model;
    this.budget = budget;
  }

  List<Call> cut(List<Call> full, Call stuck) {
    List<Call> kept = new ArrayList<>();
    long end = stuck.operation().returned();
    for (Call call : full) {
      if (call.operation().invoked() < end) {
        kept.add(call.operation().returned() > end ? Call.of(Audit.open(call.operation())) : call);
      }
    }
    kept = Calls.reduced(model, kept);
    int before;
    do {
      before = kept.size();
      kept = dropLooks(dropValues(kept));
    } while (kept.size() < before && !spent());
    return kept;
  }

  private boolean spent() {
    return budget.exhausted(0) != null;
  }

  /** In halves first, then in ever smaller parts. */
  private List<Call> dropValues(List<Call> calls) {
    Set<Object> values = new LinkedHashSet<>();
    for (Call call : calls) {
      Object value = model.value(call);
      if (value != null) {
        values.add(value);
      }
    }
    List<Object> left = new ArrayList<>(values);
    List<Call> kept = calls;
    for (int size = Math.max(1, left.size() / 2); size >= 1; size /= 2) {
      for (int from = 0; from < left.size() && !spent(); ) {
        List<Object> part = left.subList(from, Math.min(left.size(), from + size));
        Set<Object> gone = new HashSet<>(part);
        List<Call> fewer = new ArrayList<>();
        for (Call call : kept) {
          Object value = model.value(call);
          if (value == null || !gone.contains(value)) {
            fewer.add(call);
          }
        }
        if (fewer.size() < kept.size() && bad(fewer)) {
          kept = fewer;
          part.clear();
        } else {
          from += size;
        }
      }
    }
    return kept;
  }

  private List<Call> dropLooks(List<Call> calls) {
    List<Call> kept = calls;
    for (Call call : calls) {
      if (model.observes(call) && !spent()) {
        List<Call> fewer = new ArrayList<>(kept);
        fewer.remove(call);
        if (bad(fewer)) {
          kept = fewer;
        }
      }
    }
    return kept;
  }

  private boolean bad(List<Call> calls) {
    if (spent()) {
      return false;
    }
    try {
      Answer answer = Monitors.decide(model, calls, budget);
      if (answer instanceof Answer.Unsuited) {
        answer = Calls.decide(model, calls, budget, EFFORT);
      }
      return answer instanceof Answer.Impossible;
    } catch (Budget.Spent e) {
      return false;
    }
  }
}
