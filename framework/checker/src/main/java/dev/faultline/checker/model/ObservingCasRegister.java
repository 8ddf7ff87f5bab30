package dev.faultline.checker.model;

import java.util.List;
import java.util.Objects;

/**
 * A register whose failed compare-and-set found another value than it expected, as Porcupine takes
 * it. A read or write that failed did not happen.
 */
record ObservingCasRegister(Value initial) implements Model<Value> {
  @Override
  public String id() {
    return "cas-register-observing";
  }

  @Override
  public String noun() {
    return "register whose failed compare-and-set found another value";
  }

  @Override
  public boolean answersFailures() {
    return true;
  }

  @Override
  public boolean observes(Call call) {
    return call.failed() || call.f().equals("read");
  }

  @Override
  public boolean overwrites(Call call) {
    return call.f().equals("write") && !call.failed();
  }

  @Override
  public List<Value> step(Value state, Call call) {
    return switch (call.f()) {
      case "read" -> call.answers(state.of()) ? List.of(state) : List.of();
      case "write" -> List.of(call.failed() ? state : new Value(call.input()));
      case "cas" -> {
        List<?> pair = call.list(2);
        boolean found = Objects.equals(state.of(), pair.get(0));
        if (call.failed()) {
          yield found ? List.of() : List.of(state);
        }
        yield found ? List.of(new Value(pair.get(1))) : List.of();
      }
      default -> throw call.unknown("read, write, cas");
    };
  }
}
