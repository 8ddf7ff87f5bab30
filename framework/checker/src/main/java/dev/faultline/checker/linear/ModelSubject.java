package dev.faultline.checker.linear;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Planting;
import dev.faultline.checker.Witness;
import dev.faultline.checker.model.Call;
import dev.faultline.checker.model.Model;
import dev.faultline.checker.monitor.Answer;
import dev.faultline.checker.monitor.Monitors;
import dev.faultline.history.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Any model: a monitor decides, else the search.
 *
 * @param params what the checker was made with; empty for a model of somebody's own
 * @param weaker one that allows all that this one does, and can say better why not; or null
 */
record ModelSubject<S>(Model<S> model, Map<String, ?> params, @Nullable Subject weaker)
    implements Subject {
  /** Configurations that the weaker one may look at. */
  private static final long EFFORT = 100_000;

  @Override
  public String id() {
    return model.id();
  }

  @Override
  public boolean answersFailures() {
    return model.answersFailures();
  }

  @Override
  public List<Planting> plantings() {
    return List.of();
  }

  @Override
  public List<Part> parts(List<Operation> operations, Budget budget) {
    List<Parts.Group> groups = Parts.of(model, operations, budget);
    List<Part> parts = new ArrayList<>(groups.size());
    for (Parts.Group group : groups) {
      parts.add(new ModelPart<>(this, group));
    }
    return parts;
  }

  private record ModelPart<S>(ModelSubject<S> subject, Parts.Group group) implements Part {
    private List<Call> calls() {
      return group.calls();
    }

    @Override
    public String name() {
      return group.name();
    }

    @Override
    public List<Operation> operations() {
      return calls().stream().map(Call::operation).toList();
    }

    @Override
    public int size() {
      return calls().size();
    }

    @Override
    public long certain() {
      long certain = 0;
      for (Call call : calls()) {
        certain += Calls.isCertain(call) ? 1 : 0;
      }
      return certain;
    }

    @Override
    public Decision decide(Budget budget, long effort) {
      String ended = budget.exhausted(0);
      if (ended != null) {
        return new Decision.Exhausted(ended, 0, 1);
      }
      return switch (answer(calls(), budget, effort)) {
        case Answer.Ordered ordered ->
            new Decision.Ordered(ordered.order().stream().map(Call::operation).toList());
        case Answer.Impossible bad ->
            new Decision.Impossible(bad.last().operation(), b -> explain(bad, b));
        case Answer.Exhausted e -> new Decision.Exhausted(e.what(), e.placed(), e.alternatives());
        case Answer.Unsuited unsuited -> throw new IllegalStateException(unsuited.why());
      };
    }

    private Answer answer(List<Call> calls, Budget budget, long effort) {
      try {
        Answer answer = Monitors.decide(subject.model, calls, budget);
        return answer instanceof Answer.Unsuited
            ? Calls.decide(subject.model, calls, budget, effort)
            : answer;
      } catch (Budget.Spent e) {
        return new Answer.Exhausted(e.what(), 0, 1);
      }
    }

    @Override
    public @Nullable String problem(List<Operation> order, Budget budget) {
      return Replay.problem(subject.model, calls(), order, budget);
    }

    /** What the weaker model says against it, if it does, in time. */
    private Decision.@Nullable Impossible weaker(Budget budget) {
      if (subject.weaker != null) {
        try {
          for (Part part : subject.weaker.parts(operations(), budget)) {
            if (part.decide(budget, EFFORT) instanceof Decision.Impossible already) {
              return already;
            }
          }
        } catch (Budget.Spent e) {
          return null;
        }
      }
      return null;
    }

    private Witness explain(Answer.Impossible bad, Budget budget) {
      Decision.Impossible already = weaker(budget);
      if (already != null) {
        return already.explain().apply(budget);
      }
      List<Call> few = new Cut<>(subject.model, budget).cut(bad.core(), bad.last());
      if (Recheck.isOrderedCalls(subject.params, few)) {
        // A cut too many would be a bug; the verdict stands without any cut.
        few = bad.core();
      }
      return CallWords.witness(subject.model, few, bad.last());
    }
  }
}
