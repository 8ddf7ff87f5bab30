package dev.faultline.checker.linear;

import dev.faultline.checker.Checker;
import dev.faultline.checker.CheckerFactory;
import dev.faultline.checker.Property;
import dev.faultline.json.JsonView;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Makes {@code linearizable} with {@code {"model": "register" | "cas-register" | "mutex"}}. */
public final class LinearizableFactory implements CheckerFactory {
  @Override
  public List<Property> properties() {
    return List.of(Linearizable.PROPERTY);
  }

  @Override
  public Checker create(String property, JsonView params) {
    params.only(Set.of("model"));
    JsonView model = params.get("model");
    for (StepModel m : StepModel.values()) {
      if (m.id().equals(model.string())) {
        return new Linearizable(m);
      }
    }
    throw model.error(
        "no model '%s'; known: %s"
            .formatted(
                model.string(),
                String.join(", ", Arrays.stream(StepModel.values()).map(StepModel::id).toList())));
  }
}
