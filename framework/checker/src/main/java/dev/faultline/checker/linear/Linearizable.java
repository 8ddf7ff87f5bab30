package dev.faultline.checker.linear;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Checker;
import dev.faultline.checker.Planting;
import dev.faultline.checker.Property;
import dev.faultline.checker.Verdict;
import dev.faultline.checker.Witness;
import dev.faultline.checker.linear.Part.Decision;
import dev.faultline.checker.model.Misfit;
import dev.faultline.history.History;
import dev.faultline.history.Operation;
import dev.faultline.history.OperationColumns;
import dev.faultline.history.Outcome;
import java.util.AbstractList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * Each object's operations can be put in an order that keeps precedence and fits the model (Herlihy
 * and Wing, "Linearizability", 1990). Linearizability is local, so parts that nothing connects are
 * decided each by itself, on as many threads as the budget has.
 *
 * <p>An {@code info} operation may take effect at any time after its invocation, or never; a {@code
 * fail} did not happen, unless the model takes it for an answer. Valid carries an order for each
 * part, checked by code of its own. Invalid shows operations that cannot be ordered, and on which
 * {@code fail}s that rests ({@link Audit}). Unknown when the budget ends first, or when an
 * operation does not fit the model.
 */
final class Linearizable implements Checker {
  static final Property PROPERTY =
      new Property(
          "linearizable",
          "every operation takes effect at one instant between its call and return");

  /**
   * How many configurations each part may cost at first, so that one hard part hides no bad one.
   */
  private static final long FIRST = 200_000;

  /** The share of the time left that an explanation may take. */
  private static final double EXPLAIN = 0.8;

  private static final String BUG =
      "this is a bug of the checker; please report it with this history";

  private static final String MORE =
      "give the check more time or memory, or run with more keys, fewer clients or shorter faults";

  private final Subject subject;
  private final boolean bare;

  Linearizable(Subject subject) {
    this(subject, false);
  }

  private Linearizable(Subject subject, boolean bare) {
    this.subject = subject;
    this.bare = bare;
  }

  /** The same, without evidence. */
  Checker bare() {
    return new Linearizable(subject, true);
  }

  @Override
  public Property property() {
    return PROPERTY;
  }

  @Override
  public List<Planting> plantings() {
    return subject.plantings();
  }

  @Override
  public Verdict check(History history, Budget budget) {
    try {
      return decide(history, budget);
    } catch (Misfit e) {
      return new Verdict.Unknown(
          "model %s cannot judge %s".formatted(subject.id(), e.getMessage()),
          "check the history with the model of its workload");
    } catch (OutOfMemoryError e) {
      return new Verdict.Unknown(
          "stopped by the memory of the Java machine, which is less than the check's budget needs",
          "give Java more memory (-Xmx), or the check less");
    }
  }

  private Verdict decide(History history, Budget budget) {
    List<Part> parts;
    try {
      parts = subject.parts(history.operations(), budget);
    } catch (Budget.Spent e) {
      return new Verdict.Unknown(
          "stopped by the %s while %,d operations were put apart"
              .formatted(e.what(), history.operations().size()),
          MORE);
    }
    List<@Nullable Decision> decisions = round(parts, List.of(), budget, FIRST, budget.threads());
    if (decisions.stream().anyMatch(d -> d instanceof Decision.Exhausted)
        && decisions.stream().noneMatch(d -> d instanceof Decision.Impossible)
        && budget.exhausted(0) == null) {
      // One after the other: each may have all of the memory.
      decisions = round(parts, decisions, budget, Long.MAX_VALUE, 1);
    }
    for (int i = 0; i < decisions.size(); i++) {
      if (decisions.get(i) instanceof Decision.Impossible impossible) {
        return bare
            ? unexplained(impossible.last())
            : invalid(history, parts.get(i), impossible, budget);
      }
    }
    for (int i = 0; i < decisions.size(); i++) {
      if (decisions.get(i) instanceof Decision.Exhausted ended) {
        return unknown(parts.get(i), ended, decisions, parts.size());
      }
    }
    return bare
        ? new Verdict.Valid(parts.stream().mapToLong(Part::certain).sum())
        : valid(history, parts, decisions, budget);
  }

  /** Decides what is not decided yet, up to the first part that has no order. */
  private static List<@Nullable Decision> round(
      List<Part> parts, List<@Nullable Decision> before, Budget budget, long effort, int threads) {
    return Parallel.upTo(
        parts.size(),
        threads,
        decision -> decision instanceof Decision.Impossible,
        i -> {
          Decision known = i < before.size() ? before.get(i) : null;
          return known instanceof Decision.Ordered ? known : parts.get(i).decide(budget, effort);
        });
  }

  private Verdict valid(
      History history, List<Part> parts, List<@Nullable Decision> decisions, Budget budget) {
    long placed = 0;
    long offered = 0;
    Map<String, @Nullable Object> orders = new LinkedHashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      if (!(decisions.get(i) instanceof Decision.Ordered ordered)) {
        throw new IllegalStateException(name(part) + " is not decided");
      }
      List<Operation> order = ordered.order();
      String problem;
      try {
        budget.poll();
        problem = part.problem(order, budget);
      } catch (Budget.Spent e) {
        return new Verdict.Unknown(
            "%s: stopped by the %s while the order that was found, of %,d operations, was verified"
                .formatted(name(part), e.what(), order.size()),
            MORE);
      }
      if (problem != null) {
        return new Verdict.Unknown(
            "%s: the order found is wrong: %s".formatted(name(part), problem), BUG);
      }
      placed += order.size();
      offered += part.size();
      orders.put(part.name(), new Ids(order));
    }
    Map<String, @Nullable Object> evidence = new LinkedHashMap<>();
    evidence.put("model", subject.id());
    evidence.put("order", orders);
    if (!subject.answersFailures()) {
      evidence.put("failed, taken as not happened", (long) history.columns().count(Outcome.FAIL));
    }
    evidence.put("unknown, not needed", offered - placed);
    return new Verdict.Valid(placed, evidence);
  }

  private static Verdict unknown(
      Part part, Decision.Exhausted ended, List<@Nullable Decision> decisions, int parts) {
    return new Verdict.Unknown(
        "%s: stopped by the %s after %,d of %,d operations, with %,d possible orders of them open; %d of %d parts decided"
            .formatted(
                name(part),
                ended.what(),
                ended.placed(),
                part.certain(),
                ended.alternatives(),
                decisions.stream().filter(d -> d instanceof Decision.Ordered).count(),
                parts),
        MORE);
  }

  private Verdict invalid(
      History history, Part part, Decision.Impossible impossible, Budget budget) {
    Witness witness;
    try {
      // What is found in that time has to be written down too.
      witness = impossible.explain().apply(budget.rest(EXPLAIN));
      witness = new Audit(subject, budget.rest(EXPLAIN)).added(history, part, witness);
    } catch (Part.Disagreement e) {
      return new Verdict.Unknown("%s: %s".formatted(name(part), e.getMessage()), BUG);
    } catch (RuntimeException | StackOverflowError e) {
      // The verdict stands; only its report failed.
      Operation last = impossible.last();
      witness =
          new Witness(
              "%s has no order: none was left when operation %d, %s, had returned (its explanation failed: %s)."
                  .formatted(name(part), last.id(), last.f(), e),
              List.of(Witness.Step.of(last, last.f(), "no place is left for this one")));
    }
    return new Verdict.Invalid("no-order", witness);
  }

  private static Verdict unexplained(Operation last) {
    return new Verdict.Invalid(
        "no-order",
        new Witness(
            "no order was left when entry %d returned".formatted(last.returned()), List.of()));
  }

  /** Of operations; made where they are asked for. */
  private static final class Ids extends AbstractList<Object> implements RandomAccess {
    private final OperationColumns order;

    Ids(List<Operation> order) {
      this.order = OperationColumns.of(order);
    }

    @Override
    public Object get(int index) {
      return (long) order.id(index);
    }

    @Override
    public int size() {
      return order.size();
    }
  }

  private static String name(Part part) {
    String name = part.name();
    return name.isEmpty() ? "the object" : "key " + name;
  }
}
