package dev.faultline.checker.linear;

import dev.faultline.checker.Checker;
import dev.faultline.checker.Verdict;
import dev.faultline.checker.Witness;
import dev.faultline.checker.model.Model;
import dev.faultline.history.Operation;
import java.util.List;

/** Makes {@code linearizable} for a model of one's own. */
public final class Linearizability {
  private Linearizability() {}

  /** A checker that judges histories by the model. */
  public static Checker of(Model<?> model) {
    return new ModelLinearizable<>(model, false);
  }

  /**
   * The same checker for whoever wants the verdict and nothing else, soon: what is valid has no
   * order and was not verified again, and what is invalid is not made small.
   */
  public static Checker bare(Checker checker) {
    return checker instanceof Barable some ? some.bare() : checker;
  }

  static Verdict unexplained(Operation last) {
    return new Verdict.Invalid(
        "no-order",
        new Witness(
            "no order was left when entry %d returned".formatted(last.returned()), List.of()));
  }

  /** A checker that can leave the evidence out. */
  interface Barable {
    Checker bare();
  }
}
