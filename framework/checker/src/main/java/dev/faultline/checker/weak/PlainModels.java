package dev.faultline.checker.weak;

import dev.faultline.checker.model.Call;
import dev.faultline.checker.model.Model;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The small models that {@code linearizable} has a way of its own for. */
final class PlainModels {
  private PlainModels() {}

  /** What a register holds. */
  private record Held(@Nullable Object value) {}

  static final List<String> IDS = List.of("register", "cas-register", "mutex");

  /** The model of an id; null if it is none of these. */
  static @Nullable Model<?> find(String id) {
    return switch (id) {
      case "register", "cas-register" -> new Register(id);
      case "mutex" -> Model.of("mutex", false, PlainModels::lock);
      default -> null;
    };
  }

  private static List<Boolean> lock(Boolean held, Call call) {
    return switch (call.f()) {
      case "acquire" -> held ? List.of() : List.of(true);
      case "release" -> held ? List.of(false) : List.of();
      default -> throw call.unknown("acquire, release");
    };
  }

  private record Register(String id) implements Model<Held> {
    @Override
    public String noun() {
      return "register";
    }

    @Override
    public Held initial() {
      return new Held(null);
    }

    @Override
    public boolean observes(Call call) {
      return call.f().equals("read");
    }

    @Override
    public List<Held> step(Held state, Call call) {
      return switch (call.f()) {
        case "read" -> call.answers(state.value()) ? List.of(state) : List.of();
        case "write" -> List.of(new Held(call.input()));
        case "cas" -> {
          if (id.equals("register")) {
            throw call.unknown("read, write");
          }
          List<?> pair = call.list(2);
          yield Objects.equals(state.value(), pair.get(0))
              ? List.of(new Held(pair.get(1)))
              : List.of();
        }
        default -> throw call.unknown("read, write, cas");
      };
    }
  }
}
