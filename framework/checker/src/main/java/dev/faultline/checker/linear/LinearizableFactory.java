package dev.faultline.checker.linear;

import dev.faultline.checker.Checker;
import dev.faultline.checker.CheckerFactory;
import dev.faultline.checker.Property;
import dev.faultline.checker.model.Model;
import dev.faultline.checker.model.Models;
import dev.faultline.json.JsonView;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Makes {@code linearizable} with {@code {"model": ID, …}}: an id of {@link Models} and what that
 * model asks for; or register and cas-register with the value held at first, {@code "init"}; or
 * mutex.
 */
public final class LinearizableFactory implements CheckerFactory {
  @Override
  public List<Property> properties() {
    return List.of(Linearizable.PROPERTY);
  }

  /** The ids of all models, in the order of the docs. */
  static List<String> ids() {
    List<String> ids = new ArrayList<>();
    for (StepModel m : StepModel.values()) {
      ids.add(m.id());
    }
    ids.addAll(Models.ids());
    return ids;
  }

  @Override
  public Checker create(String property, JsonView params) {
    JsonView id = params.get("model");
    JsonView given = params.find("init");
    Object init = given == null ? null : given.value();
    for (StepModel m : StepModel.values()) {
      if (m.id().equals(id.string())) {
        params.only(m == StepModel.MUTEX ? Set.of("model") : Set.of("model", "init"));
        return new Linearizable(new StepSubject(m, init));
      }
    }
    if (!Models.ids().contains(id.string())) {
      throw id.error("no model '%s'; known: %s".formatted(id.string(), String.join(", ", ids())));
    }
    Model<?> model = Models.find(id.string(), params);
    if (model == null) {
      throw new IllegalStateException("a model without a maker: " + id.string());
    }
    // Without the failed ones, what is left says the same in simpler words, where it is still bad.
    Subject weaker =
        model.id().equals("cas-register-observing")
            ? new StepSubject(StepModel.CAS_REGISTER, init)
            : null;
    return new Linearizable(new ModelSubject<>(model, params.map(), weaker));
  }
}
