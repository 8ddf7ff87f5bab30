package dev.faultline.checker.weak;

import dev.faultline.checker.Checker;
import dev.faultline.checker.CheckerFactory;
import dev.faultline.checker.Property;
import dev.faultline.checker.model.Model;
import dev.faultline.checker.model.Models;
import dev.faultline.json.JsonView;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the checkers of this package. {@code register.staleness} takes {@code versions} (0 unless a
 * {@code time} is given) and {@code time} in nanoseconds; {@code session.*} take {@code versions},
 * whether values are numbers that grow with every write; {@code causal} takes {@code convergent};
 * {@code sequential} the {@code model}, as {@code linearizable} does, else a register.
 */
public final class WeakFactory implements CheckerFactory {
  @Override
  public List<Property> properties() {
    List<Property> all = new ArrayList<>(Session.ALL);
    all.add(WeakRegister.REGULAR);
    all.add(WeakRegister.SAFE);
    all.add(WeakRegister.STALENESS);
    all.add(Causal.PROPERTY);
    all.add(Sequential.PROPERTY);
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
    if (property.equals(Causal.PROPERTY.id())) {
      params.only(Set.of("convergent"));
      JsonView convergent = params.find("convergent");
      return new Causal(convergent != null && convergent.bool());
    }
    if (property.equals(Sequential.PROPERTY.id())) {
      return sequential(params);
    }
    params.only(Set.of());
    return switch (property) {
      case "register.regular" -> WeakRegister.regular();
      case "register.safe" -> WeakRegister.safe();
      case "isolation" -> new Isolation();
      default -> throw params.error("no property '" + property + "' here");
    };
  }

  private static Checker sequential(JsonView params) {
    JsonView id = params.find("model");
    String name = id == null ? "register" : id.string();
    Model<?> plain = PlainModels.find(name);
    if (plain != null) {
      params.only(Set.of("model"));
      return new Sequential<>(plain);
    }
    if (!Models.ids().contains(name)) {
      List<String> known = new ArrayList<>(PlainModels.IDS);
      known.addAll(Models.ids());
      throw params.error("no model '%s'; known: %s".formatted(name, String.join(", ", known)));
    }
    Model<?> model = Models.find(name, params);
    if (model == null) {
      throw new IllegalStateException("a model without a maker: " + name);
    }
    return new Sequential<>(model);
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
