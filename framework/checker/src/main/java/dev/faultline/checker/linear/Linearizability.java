package dev.faultline.checker.linear;

import dev.faultline.checker.Checker;
import dev.faultline.checker.model.Model;

/** Makes {@code linearizable} for a model of one's own. */
public final class Linearizability {
  private Linearizability() {}

  /** A checker that judges histories by the model. */
  public static Checker of(Model<?> model) {
    return new ModelLinearizable<>(model);
  }
}
