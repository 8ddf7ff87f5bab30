package dev.faultline.checker.model;

import dev.faultline.json.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Values without an order of arrival: a bag gives out any of them, a priority queue one of the
 * least. An element's priority is itself, or the first of a pair {@code [priority, value]}.
 */
final class Pool implements Model<List<Object>> {
  private final boolean priority;

  Pool(boolean priority) {
    this.priority = priority;
  }

  @Override
  public String id() {
    return priority ? "priority-queue" : "bag";
  }

  @Override
  public String noun() {
    return priority ? "priority queue" : "bag";
  }

  @Override
  public List<Object> initial() {
    return List.of();
  }

  private String put() {
    return priority ? "insert" : "enqueue";
  }

  private String take() {
    return priority ? "poll" : "dequeue";
  }

  @Override
  public boolean observes(Call call) {
    return call.f().equals("peek")
        || (!call.f().equals(put()) && call.known() && call.output() == null);
  }

  @Override
  public @Nullable Set<?> cells(Call call) {
    Object value = priority ? null : value(call);
    return value == null ? null : Set.of(value);
  }

  @Override
  public @Nullable Object value(Call call) {
    return call.f().equals(put()) ? call.value() : call.output();
  }

  @Override
  public List<List<Object>> step(List<Object> state, Call call) {
    if (call.f().equals(put())) {
      return call.refused() ? List.of() : List.of(with(state, call));
    }
    boolean peek = call.f().equals("peek") && priority;
    if (!peek && !call.f().equals(take())) {
      throw call.unknown(priority ? "insert, poll, peek" : "enqueue, dequeue");
    }
    if (state.isEmpty()) {
      return call.answers(null) ? List.of(state) : List.of();
    }
    List<List<Object>> next = new ArrayList<>();
    for (int i = 0; i < state.size(); i++) {
      boolean first = i == 0 || !Objects.equals(state.get(i), state.get(i - 1));
      if (priority && rank(state.get(i), call) > rank(state.get(0), call)) {
        break;
      }
      if (first && call.answers(state.get(i))) {
        next.add(peek ? state : Lists.without(state, i));
      }
    }
    return peek && !next.isEmpty() ? List.of(state) : next;
  }

  /** In the order of their ranks, then of their texts, so that equal pools are equal lists. */
  private List<Object> with(List<Object> state, Call call) {
    Comparator<Object> byRank = Comparator.comparingDouble(v -> rank(v, call));
    Comparator<Object> order = byRank.thenComparing(v -> Json.write(v));
    int at = 0;
    while (at < state.size() && order.compare(state.get(at), call.value()) <= 0) {
      at++;
    }
    return Lists.with(state, at, call.value());
  }

  private double rank(Object value, Call call) {
    if (!priority) {
      return 0;
    }
    Object first = value instanceof List<?> pair && !pair.isEmpty() ? pair.get(0) : value;
    if (first instanceof Number n) {
      return n.doubleValue();
    }
    throw call.misfit("value " + value + ", want a number or [priority, value]");
  }
}
