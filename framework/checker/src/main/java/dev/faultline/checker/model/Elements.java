package dev.faultline.checker.model;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A set: {@code add} and {@code remove}, answering whether that changed it or nothing at all;
 * {@code contains}; {@code read} of all elements as a list in any order. One that only grows knows
 * no {@code remove}.
 */
final class Elements implements Model<Set<Object>> {
  private final boolean grows;

  Elements(boolean grows) {
    this.grows = grows;
  }

  @Override
  public String id() {
    return grows ? "grow-only-set" : "set";
  }

  @Override
  public String noun() {
    return grows ? "set that only grows" : "set";
  }

  @Override
  public Set<Object> initial() {
    return Set.of();
  }

  @Override
  public @Nullable Set<?> cells(Call call) {
    return call.f().equals("read") ? null : Set.of(call.value());
  }

  @Override
  public boolean observes(Call call) {
    return call.f().equals("read") || call.f().equals("contains") || call.refused();
  }

  @Override
  public List<Set<Object>> step(Set<Object> state, Call call) {
    return switch (call.f()) {
      case "add" -> change(state, call, true);
      case "remove" -> {
        if (grows) {
          throw call.unknown("add, contains, read");
        }
        yield change(state, call, false);
      }
      case "contains" -> call.answers(state.contains(call.value())) ? List.of(state) : List.of();
      case "read" -> !call.known() || isAll(call, state) ? List.of(state) : List.of();
      default -> throw call.unknown(grows ? "add, contains, read" : "add, remove, contains, read");
    };
  }

  private static List<Set<Object>> change(Set<Object> state, Call call, boolean add) {
    Object value = call.value();
    boolean changes = state.contains(value) != add;
    boolean told = call.output() instanceof Boolean;
    if (told && !call.answers(changes)) {
      return List.of();
    }
    if (!changes) {
      return List.of(state);
    }
    if (add && state.isEmpty()) {
      return List.of(Set.of(value));
    }
    Set<Object> next = new HashSet<>(state);
    if (add) {
      next.add(value);
    } else {
      next.remove(value);
    }
    return List.of(Collections.unmodifiableSet(next));
  }

  private static boolean isAll(Call call, Set<Object> state) {
    return call.output() instanceof List<?> list
        && list.size() == state.size()
        && state.equals(new HashSet<>(list));
  }
}
