package dev.faultline.checker;

import dev.faultline.json.JsonException;
import dev.faultline.json.JsonView;
import java.util.List;

/** Makes checkers by property id; found by {@link java.util.ServiceLoader}. */
public interface CheckerFactory {
  /** The properties that this factory can make checkers for. */
  List<Property> properties();

  /**
   * The checker of a property.
   *
   * @param property id of one of {@link #properties()}
   * @param params an object with the checker's parameters; times are in nanoseconds
   * @throws JsonException if a parameter is missing or wrong
   */
  Checker create(String property, JsonView params);
}
