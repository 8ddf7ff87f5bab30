package dev.faultline.checker.weak;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Checker;
import dev.faultline.checker.Property;
import dev.faultline.checker.Verdict;
import dev.faultline.history.History;

/** The place of a checker that does not exist yet, so that a claim of it is never taken as kept. */
final class Isolation implements Checker {
  static final Property PROPERTY =
      new Property("isolation", "transactions are isolated (not decided yet)");

  @Override
  public Property property() {
    return PROPERTY;
  }

  @Override
  public Verdict check(History history, Budget budget) {
    return new Verdict.Unknown(
        "no checker for isolation",
        "check what else the history claims; or 'linearizable' with multi-register or list-append");
  }
}
