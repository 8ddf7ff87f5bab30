package dev.faultline.checker.objects;

import dev.faultline.checker.Checker;
import dev.faultline.checker.CheckerFactory;
import dev.faultline.checker.Property;
import dev.faultline.json.JsonView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Makes the checkers of this package. */
public final class ObjectsFactory implements CheckerFactory {
  private static final Map<Property, Supplier<Checker>> PLAIN = new LinkedHashMap<>();

  static {
    PLAIN.put(SetLost.PROPERTY, SetLost::new);
    PLAIN.put(SetPhantom.PROPERTY, SetPhantom::new);
    PLAIN.put(SetLinearizable.PROPERTY, SetLinearizable::new);
  }

  @Override
  public List<Property> properties() {
    return List.copyOf(PLAIN.keySet());
  }

  @Override
  public Checker create(String property, JsonView params) {
    params.only(Set.of());
    for (Map.Entry<Property, Supplier<Checker>> e : PLAIN.entrySet()) {
      if (e.getKey().id().equals(property)) {
        return e.getValue().get();
      }
    }
    throw params.error("no property '" + property + "' here");
  }
}
