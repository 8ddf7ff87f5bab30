package dev.faultline.checker.oracle;

import dev.faultline.history.Operation;
import dev.faultline.history.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides by the definition whether a small history is linearizable: every order is tried. Slow,
 * short, and of its own: to check the checkers, and the few operations that a witness shows.
 */
public final class Oracle {
  /** So many operations it looks at; of each key, where keys are objects of their own. */
  public static final int MOST = 14;

  private Oracle() {}

  /** What came of it. */
  public enum Decision {
    /** There is an order. */
    ORDERED,
    /** There is none. */
    NOT_ORDERED,
    /** More than {@link #MOST} operations of one object, or too many orders. */
    TOO_LARGE,
    /** No such model, or an operation that the object does not know. */
    NOT_ITS_KIND
  }

  /**
   * Decides.
   *
   * @param params what {@code linearizable} is created with: {@code model} and what it asks for
   * @param operations in any order; precedence is {@link Operation#precedes}
   */
  public static Decision decide(Map<String, ?> params, List<Operation> operations) {
    Toy toy = Toys.find(params);
    return toy == null ? Decision.NOT_ITS_KIND : decide(toy, operations);
  }

  static Decision decide(Toy toy, List<Operation> operations) {
    Map<@Nullable Object, List<Operation>> objects = new LinkedHashMap<>();
    for (Operation op : operations) {
      if (op.outcome() != Outcome.FAIL || toy.failureIsAnswer(op.f())) {
        Object key = toy.acrossKeys() ? null : EveryOrder.plain(op.key());
        objects.computeIfAbsent(key, k -> new ArrayList<>()).add(op);
      }
    }
    Decision worst = Decision.ORDERED;
    for (List<Operation> object : objects.values()) {
      if (object.size() > MOST) {
        return Decision.TOO_LARGE;
      }
      try {
        if (!new EveryOrder(toy, object).exists()) {
          worst = worst == Decision.ORDERED ? Decision.NOT_ORDERED : worst;
        }
      } catch (Toy.NoQuestion e) {
        return Decision.NOT_ITS_KIND;
      } catch (EveryOrder.TooMany e) {
        worst = Decision.TOO_LARGE;
      }
    }
    return worst;
  }
}
