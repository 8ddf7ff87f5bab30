package dev.faultline.checker.weak;

import dev.faultline.checker.Checker;
import dev.faultline.checker.CheckerFactory;
import dev.faultline.checker.Property;
import dev.faultline.json.JsonView;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the checkers of this package. {@code register.staleness} takes {@code versions} (0 unless a
 * {@code time} is given) and {@code time} in nanoseconds; {@code session.*} take {@code versions},
 * whether values are numbers that grow with every write.
 */
public final class WeakFactory implements CheckerFactory {
  @Override
  public List<Property> properties() {
    List<Property> all = new ArrayList<>(Session.ALL);
    all.add(WeakRegister.REGULAR);
    all.add(WeakRegister.SAFE);
    all.add(WeakRegister.STALENESS);
    all.add(Isolation.PROPERTY);
    return List.copyOf(all);
  }

  @Override
  public Checker create(String property, JsonView params) {
    for (Property session : Session.ALL) {
      if (session.id().equals(property)) {
        params.only(Set.of("versions"));
        JsonView versions = params.find("versions");
        return new Session(session, versions != null && versions.bool());
      }
    }
    if (property.equals(WeakRegister.STALENESS.id())) {
      params.only(Set.of("versions", "time"));
      Long time = bound(params, "time");
      Long versions = bound(params, "versions");
      return WeakRegister.staleness(versions == null && time == null ? (Long) 0L : versions, time);
    }
    params.only(Set.of());
    return switch (property) {
      case "register.regular" -> WeakRegister.regular();
      case "register.safe" -> WeakRegister.safe();
      case "isolation" -> new Isolation();
      default -> throw params.error("no property '" + property + "' here");
    };
  }

  private static @Nullable Long bound(JsonView params, String name) {
    JsonView view = params.find(name);
    if (view == null) {
      return null;
    }
    long bound = view.integer();
    if (bound < 0) {
      throw view.error("%d, want 0 or more".formatted(bound));
    }
    return bound;
  }
}
