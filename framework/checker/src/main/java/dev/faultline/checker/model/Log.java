package dev.faultline.checker.model;

import java.util.ArrayList;
import java.util.List;

/**
 * A log: {@code append} value → its offset, from 0 without holes, or nothing at all; {@code read}
 * from an offset (0 without a value) → {@code [[offset, value], …]} up to the end.
 */
final class Log implements Model<List<Object>> {
  @Override
  public String id() {
    return "log";
  }

  @Override
  public List<Object> initial() {
    return List.of();
  }

  @Override
  public boolean observes(Call call) {
    return call.f().equals("read");
  }

  @Override
  public List<List<Object>> step(List<Object> state, Call call) {
    return switch (call.f()) {
      case "append" -> {
        boolean fits = call.output() == null || call.answers((long) state.size());
        yield fits ? List.of(Lists.with(state, call.value())) : List.of();
      }
      case "read" -> {
        long from = call.input() == null ? 0 : call.number();
        yield call.answers(tail(state, from)) ? List.of(state) : List.of();
      }
      default -> throw call.unknown("append, read");
    };
  }

  private static List<Object> tail(List<Object> state, long from) {
    List<Object> tail = new ArrayList<>();
    for (int i = (int) Math.max(0, Math.min(from, state.size())); i < state.size(); i++) {
      tail.add(List.of((long) i, state.get(i)));
    }
    return tail;
  }
}
