package dev.faultline.checker;

import dev.faultline.json.JsonException;
import dev.faultline.json.JsonView;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** All checkers on the class path, by the id of their property. */
public final class Checkers {
  private Checkers() {}

  /** Every property that can be checked here, by id. */
  public static List<Property> properties() {
    return ServiceLoader.load(CheckerFactory.class).stream()
        .flatMap(p -> p.get().properties().stream())
        .sorted(Comparator.comparing(Property::id))
        .toList();
  }

  /**
   * The checker of a property with these parameters.
   *
   * @throws JsonException if no factory knows the property, or a parameter is wrong
   */
  public static Checker create(String property, Map<String, ? extends @Nullable Object> params) {
    JsonView view = JsonView.of("checker " + property, params);
    for (CheckerFactory factory : ServiceLoader.load(CheckerFactory.class)) {
      if (factory.properties().stream().anyMatch(p -> p.id().equals(property))) {
        return factory.create(property, view);
      }
    }
    throw new JsonException(
        "no checker for property '%s'; known: %s"
            .formatted(
                property, String.join(", ", properties().stream().map(Property::id).toList())));
  }
}
