package dev.faultline.checker.model;

import java.util.List;
import java.util.Objects;

/**
 * A map, key by key: {@code get} → value, null where there is none; {@code put} value; {@code
 * delete}, answering whether there was one or nothing at all; {@code append} text; {@code cas}
 * [expected, new], where null stands for no value.
 */
final class KeyValue implements Model<Value> {
  @Override
  public String id() {
    return "map";
  }

  @Override
  public Value initial() {
    return Value.NONE;
  }

  @Override
  public boolean observes(Call call) {
    boolean refuses = call.f().equals("delete") || call.f().equals("cas");
    return call.f().equals("get") || (refuses && call.refused());
  }

  @Override
  public boolean overwrites(Call call) {
    return call.f().equals("put")
        || (call.f().equals("delete") && !(call.output() instanceof Boolean));
  }

  @Override
  public List<Value> step(Value state, Call call) {
    return switch (call.f()) {
      case "get" -> call.answers(state.of()) ? List.of(state) : List.of();
      case "put" -> List.of(new Value(call.value()));
      case "append" -> {
        if (!(call.input() instanceof String tail)) {
          throw call.misfit("value " + call.input() + ", want a text");
        }
        yield List.of(new Value(state.of() == null ? tail : state.of() + tail));
      }
      case "delete" -> {
        boolean told = call.output() instanceof Boolean;
        yield told && !call.answers(state.of() != null) ? List.of() : List.of(Value.NONE);
      }
      case "cas" -> {
        List<?> pair = call.list(2);
        boolean found = Objects.equals(state.of(), pair.get(0));
        yield found == call.refused() ? List.of() : List.of(found ? new Value(pair.get(1)) : state);
      }
      default -> throw call.unknown("get, put, delete, append, cas");
    };
  }
}
