package dev.faultline.checker.linear;

import dev.faultline.checker.Checker;
import dev.faultline.checker.model.Model;
import java.util.Map;

/** Makes {@code linearizable} for a model of one's own. */
public final class Linearizability {
  private Linearizability() {}

  /** A checker that judges histories by the model. */
  public static Checker of(Model<?> model) {
    return new Linearizable(new ModelSubject<>(model, Map.of(), null));
  }

  /**
   * The same checker for whoever wants the verdict and nothing else, soon: what is valid has no
   * order and was not verified again, and what is invalid is not made small.
   */
  public static Checker bare(Checker checker) {
    return checker instanceof Linearizable some ? some.bare() : checker;
  }
}
