package dev.faultline.checker.model;

import java.util.List;

/**
 * A number, at first 0: {@code add} n (1 without a value), whose answer says nothing; {@code
 * add-and-get} → the new number; {@code get-and-add} → the old one; {@code read}.
 */
final class Counter implements Model<Long> {
  @Override
  public String id() {
    return "counter";
  }

  @Override
  public Long initial() {
    return 0L;
  }

  @Override
  public boolean observes(Call call) {
    return call.f().equals("read");
  }

  @Override
  public List<Long> step(Long state, Call call) {
    return switch (call.f()) {
      case "add" -> List.of(state + amount(call));
      case "add-and-get" -> told(call, state + amount(call), state + amount(call));
      case "get-and-add" -> told(call, state, state + amount(call));
      case "read" -> call.answers(state) ? List.of(state) : List.of();
      default -> throw call.unknown("add, add-and-get, get-and-add, read");
    };
  }

  private static long amount(Call call) {
    return call.input() == null ? 1 : call.number();
  }

  private static List<Long> told(Call call, long answer, long next) {
    return call.answers(answer) ? List.of(next) : List.of();
  }
}
