package dev.faultline.checker;

import dev.faultline.json.JsonException;
import dev.faultline.json.JsonView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All checkers on the class path, by the id of their property. */
public final class Checkers {
  private Checkers() {}

  /** Looked up once: a search judges thousands of runs a second. */
  private static final class Known {
    static final List<Property> PROPERTIES;
    static final Map<String, CheckerFactory> FACTORIES;

    static {
      List<Property> properties = new ArrayList<>();
      Map<String, CheckerFactory> factories = new TreeMap<>();
      for (CheckerFactory factory : ServiceLoader.load(CheckerFactory.class)) {
        for (Property property : factory.properties()) {
          properties.add(property);
          factories.putIfAbsent(property.id(), factory);
        }
      }
      properties.sort(Comparator.comparing(Property::id));
      PROPERTIES = List.copyOf(properties);
      FACTORIES = Map.copyOf(factories);
    }
  }

  /** Every property that can be checked here, by id. */
  public static List<Property> properties() {
    return Known.PROPERTIES;
  }

  /**
   * The checker of a property with these parameters.
   *
   * @throws JsonException if no factory knows the property, or a parameter is wrong
   */
  public static Checker create(String property, Map<String, ? extends @Nullable Object> params) {
    CheckerFactory factory = Known.FACTORIES.get(property);
    if (factory == null) {
      throw new JsonException(
          "no checker for property '%s'; known: %s"
              .formatted(
                  property, String.join(", ", properties().stream().map(Property::id).toList())));
    }
    return factory.create(property, JsonView.of("checker " + property, params));
  }
}
