package dev.faultline.checker.linear;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Planting;
import dev.faultline.history.Operation;
import java.util.List;

/** A model, as {@link Linearizable} sees it. */
interface Subject {
  /** The model's id. */
  String id();

  /** Whether {@code fail} is an answer, and not what never happened. */
  boolean answersFailures();

  /** Mistakes that break it. */
  List<Planting> plantings();

  /**
   * Takes operations apart into what can be judged each by itself.
   *
   * @throws dev.faultline.checker.model.Misfit if the model does not know one of them
   * @throws Budget.Spent if the budget ends first
   */
  List<Part> parts(List<Operation> operations, Budget budget);
}
