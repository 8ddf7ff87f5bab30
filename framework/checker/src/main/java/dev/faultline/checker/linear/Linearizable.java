package dev.faultline.checker.linear;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Checker;
import dev.faultline.checker.Planting;
import dev.faultline.checker.Property;
import dev.faultline.checker.Verdict;
import dev.faultline.checker.linear.Linearizer.Answer;
import dev.faultline.history.History;
import dev.faultline.history.Operation;
import dev.faultline.history.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Each object's operations can be put in an order that keeps precedence and fits the model (Herlihy
 * and Wing, "Linearizability", 1990). Objects are told apart by the operations' keys;
 * linearizability is local, so each is decided by itself.
 *
 * <p>An {@code info} operation may take effect at any time after its invocation, or never; a {@code
 * fail} did not happen. Valid carries an order for each key, checked by {@link OrderVerifier}.
 * Invalid shows operations that cannot be ordered. Unknown when the budget ends first, or when an
 * operation does not fit the model.
 */
final class Linearizable implements Checker, Linearizability.Barable {
  static final Property PROPERTY =
      new Property(
          "linearizable",
          "every operation takes effect at one instant between its call and return");

  /** How many configurations each key may cost at first, so that one hard key hides no bad one. */
  private static final long FIRST = 200_000;

  private final StepModel model;
  private final @Nullable Object init;
  private final Linearizer linearizer;
  private final boolean bare;

  Linearizable(StepModel model, @Nullable Object init) {
    this(model, init, new Portfolio());
  }

  Linearizable(StepModel model, @Nullable Object init, Linearizer linearizer) {
    this(model, init, linearizer, false);
  }

  private Linearizable(
      StepModel model, @Nullable Object init, Linearizer linearizer, boolean bare) {
    this.model = model;
    this.init = init;
    this.linearizer = linearizer;
    this.bare = bare;
  }

  @Override
  public Checker bare() {
    return new Linearizable(model, init, linearizer, true);
  }

  @Override
  public Property property() {
    return PROPERTY;
  }

  @Override
  public List<Planting> plantings() {
    return model.id().endsWith("register") ? RegisterPlantings.ALL : List.of();
  }

  /** One key's operations. */
  private record Part(@Nullable Object key, List<Operation> operations, List<Step> steps) {}

  @Override
  public Verdict check(History history, Budget budget) {
    List<Part> parts = new ArrayList<>();
    try {
      for (Map.Entry<@Nullable Object, List<Operation>> e : byKey(history).entrySet()) {
        parts.add(new Part(e.getKey(), e.getValue(), model.steps(e.getValue(), init)));
      }
    } catch (StepModel.Misfit e) {
      return new Verdict.Unknown(
          "model %s cannot judge %s".formatted(model.id(), e.getMessage()),
          "check the history with the model of its workload");
    }
    return decide(parts, budget);
  }

  private Verdict decide(List<Part> parts, Budget budget) {
    // By identity: the hash of a part is that of all its operations.
    IdentityHashMap<Part, Answer> answers = new IdentityHashMap<>();
    for (long effort : new long[] {FIRST, Long.MAX_VALUE}) {
      for (Part part : parts) {
        if (answers.get(part) instanceof Answer.Ordered) {
          continue;
        }
        Answer answer = linearizer.decide(part.steps(), budget, effort);
        answers.put(part, answer);
        if (answer instanceof Answer.Stuck stuck) {
          return invalid(part, stuck.last(), budget);
        }
      }
    }
    for (Part part : parts) {
      if (answers.get(part) instanceof Answer.Exhausted ended) {
        return unknown(part, ended, answers);
      }
    }
    return bare
        ? new Verdict.Valid(parts.stream().mapToLong(part -> part.steps().size()).sum())
        : valid(parts, answers);
  }

  private static Map<@Nullable Object, List<Operation>> byKey(History history) {
    Map<@Nullable Object, List<Operation>> byKey = new LinkedHashMap<>();
    for (Operation op : history.operations()) {
      byKey.computeIfAbsent(StepModel.plain(op.key()), k -> new ArrayList<>()).add(op);
    }
    return byKey;
  }

  private Verdict valid(List<Part> parts, IdentityHashMap<Part, Answer> answers) {
    long placed = 0;
    long failed = 0;
    long unplaced = 0;
    Map<String, @Nullable Object> orders = new LinkedHashMap<>();
    for (Part part : parts) {
      if (!(answers.get(part) instanceof Answer.Ordered ordered)) {
        throw new IllegalStateException("key " + part.key() + " is not decided");
      }
      List<Operation> order = ordered.order().stream().map(Step::op).toList();
      String problem = OrderVerifier.problem(model, init, part.operations(), order);
      if (problem != null) {
        return new Verdict.Unknown(
            "key %s: the order found is wrong: %s".formatted(part.key(), problem),
            "this is a bug of the checker; please report it with this history");
      }
      List<Operation> left = part.operations();
      placed += order.size();
      failed += left.stream().filter(op -> op.outcome() == Outcome.FAIL).count();
      unplaced += part.steps().size() - order.size();
      orders.put(name(part.key()), order.stream().map(op -> (Object) (long) op.id()).toList());
    }
    Map<String, @Nullable Object> evidence = new LinkedHashMap<>();
    evidence.put("model", model.id());
    evidence.put("order", orders);
    evidence.put("failed, taken as not happened", failed);
    evidence.put("unknown, not needed", unplaced);
    return new Verdict.Valid(placed, evidence);
  }

  private static Verdict unknown(
      Part part, Answer.Exhausted ended, IdentityHashMap<Part, Answer> answers) {
    long decided = answers.values().stream().filter(a -> a instanceof Answer.Ordered).count();
    long returns = part.steps().stream().filter(Step::must).count();
    return new Verdict.Unknown(
        "%s: stopped by the %s after %,d of %,d operations, with %,d possible orders of them open; %d of %d keys decided"
            .formatted(
                part.key() == null ? "the object" : "key " + part.key(),
                ended.what(),
                ended.placed(),
                returns,
                ended.configurations(),
                decided,
                answers.size()),
        "give the check more time or memory, or run with more keys, fewer clients or shorter"
            + " faults");
  }

  private Verdict invalid(Part part, Step stuck, Budget budget) {
    if (bare) {
      return Linearizability.unexplained(stuck.op());
    }
    Shrinker.Small small = new Shrinker(linearizer, budget).shrink(part.steps(), stuck);
    if (Closure.problem(part.steps(), small) != null) {
      // A cut too many would be a bug; the verdict stands without any cut.
      long end = stuck.returned();
      small = new Shrinker.Small(Shrinker.prefix(part.steps(), end), null, end);
    }
    List<Step> steps =
        small.steps().stream().sorted(Comparator.comparingLong(Step::invoked)).toList();
    return new Verdict.Invalid(
        "no-order", new Explanation(model, part.steps(), steps, small.anchor(), stuck).witness());
  }

  private static String name(@Nullable Object key) {
    return key == null ? "" : String.valueOf(key);
  }
}
