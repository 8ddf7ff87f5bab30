package dev.faultline.checker.objects;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Checker;
import dev.faultline.checker.Planting;
import dev.faultline.checker.Property;
import dev.faultline.checker.Verdict;
import dev.faultline.history.History;
import dev.faultline.history.Operation;
import java.util.List;

/**
 * A rule that is decided for each object by itself: broken where it is broken for one, unknown
 * where it is unknown for one.
 */
public record EachKey(Property property, List<Planting> plantings, Rule rule) implements Checker {
  /** Decides for the operations of one object, in order. */
  @FunctionalInterface
  public interface Rule {
    Verdict judge(List<Operation> operations);
  }

  @Override
  public Verdict check(History history, Budget budget) {
    long examined = 0;
    Verdict unknown = null;
    for (List<Operation> operations : Told.byKey(history).values()) {
      switch (rule.judge(operations)) {
        case Verdict.Invalid invalid -> {
          return invalid;
        }
        case Verdict.Unknown why -> unknown = unknown == null ? why : unknown;
        case Verdict.Valid valid -> examined += valid.examined();
      }
      Verdict over = Told.exhausted(budget, examined);
      if (over != null) {
        return over;
      }
    }
    return unknown != null ? unknown : new Verdict.Valid(examined);
  }
}
