package dev.faultline.checker.linear;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Planting;
import dev.faultline.checker.Witness;
import dev.faultline.checker.linear.Linearizer.Answer;
import dev.faultline.history.Operation;
import dev.faultline.history.OperationColumns;
import dev.faultline.history.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Small state machines, the fast path: operations are steps of a state needed and one made. */
record StepSubject(StepModel model, @Nullable Object init, Linearizer linearizer)
    implements Subject {
  /** Configurations that may be looked at to find who was stuck first. */
  private static final long EARLIER = 50_000;

  StepSubject(StepModel model, @Nullable Object init) {
    this(model, init, new Portfolio());
  }

  /** What the checker was made with. */
  private Map<String, Object> params() {
    return init == null ? Map.of("model", id()) : Map.of("model", id(), "init", init);
  }

  @Override
  public String id() {
    return model.id();
  }

  @Override
  public boolean answersFailures() {
    return false;
  }

  @Override
  public List<Planting> plantings() {
    return model.id().endsWith("register") ? RegisterPlantings.ALL : List.of();
  }

  @Override
  public List<Part> parts(List<Operation> operations, Budget budget) {
    Map<@Nullable Object, List<Operation>> byKey = byKey(operations, budget);
    List<Part> parts = new ArrayList<>(byKey.size());
    byKey.forEach((key, ofKey) ->
        parts.add(new StepPart(this, key, ofKey, model.steps(ofKey, init, budget))));
    return parts;
  }

  private static Map<@Nullable Object, List<Operation>> byKey(
      List<Operation> operations, Budget budget) {
    OperationColumns columns = OperationColumns.of(operations);
    Map<@Nullable Object, List<Operation>> byKey = new LinkedHashMap<>();
    Object first = columns.size() == 0 ? null : StepModel.plain(columns.key(0));
    boolean same = columns.size() > 0;
    for (int i = 0; i < columns.size() && same; i++) {
      same = Objects.equals(first, StepModel.plain(columns.key(i)));
    }
    if (same) {
      byKey.put(first, operations);
      return byKey;
    }
    int at = 0;
    for (Operation op : operations) {
      budget.poll(at++);
      byKey.computeIfAbsent(StepModel.plain(op.key()), k -> new ArrayList<>()).add(op);
    }
    return byKey;
  }

  /** One key's operations. */
  private record StepPart(
      StepSubject subject, @Nullable Object key, List<Operation> operations, Steps steps)
      implements Part {
    @Override
    public String name() {
      return key == null ? "" : String.valueOf(key);
    }

    @Override
    public int size() {
      return steps.size();
    }

    @Override
    public long certain() {
      return OperationColumns.of(operations).count(Outcome.OK);
    }

    @Override
    public Decision decide(Budget budget, long effort) {
      String ended = budget.exhausted(0);
      if (ended != null) {
        return new Decision.Exhausted(ended, 0, 1);
      }
      return switch (subject.linearizer.decide(steps, budget, effort)) {
        case Answer.Ordered ordered -> new Decision.Ordered(ordered.order());
        case Answer.Stuck stuck ->
            new Decision.Impossible(stuck.last().op(), b -> explain(stuck.last(), b));
        case Answer.Exhausted e -> new Decision.Exhausted(e.what(), e.placed(), e.configurations());
      };
    }

    @Override
    public @Nullable String problem(List<Operation> order, Budget budget) {
      return OrderVerifier.problem(subject.model, subject.init, operations, order, budget);
    }

    private Witness explain(Step found, Budget budget) {
      List<Step> all = new ArrayList<>(steps);
      // What tells soon that there is no order does not always tell since when.
      List<Step> prefix = Shrinker.prefix(all, found.returned());
      Answer searched = Portfolio.search(prefix, budget, EARLIER);
      if (searched instanceof Answer.Ordered) {
        throw new Disagreement();
      }
      Step stuck = searched instanceof Answer.Stuck earlier ? earlier.last() : found;
      Shrinker.Small small = new Shrinker(subject.linearizer, budget).shrink(all, stuck);
      if (Closure.problem(all, small) != null
          || Recheck.isOrderedSteps(subject.params(), all, small.steps())) {
        // A cut too many would be a bug; the verdict stands without any cut.
        long end = stuck.returned();
        small = new Shrinker.Small(Shrinker.prefix(all, end), null, end);
      }
      List<Step> few =
          small.steps().stream().sorted(Comparator.comparingLong(Step::invoked)).toList();
      return new Explanation(subject.model, all, few, small.anchor(), stuck).witness();
    }
  }
}
