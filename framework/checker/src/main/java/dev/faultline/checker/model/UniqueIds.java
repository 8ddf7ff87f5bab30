package dev.faultline.checker.model;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code generate} → something that it never answered before. */
final class UniqueIds implements Model<Set<Object>> {
  @Override
  public String id() {
    return "unique-ids";
  }

  @Override
  public String noun() {
    return "source of unique ids";
  }

  @Override
  public Set<Object> initial() {
    return Set.of();
  }

  @Override
  public Set<?> cells(Call call) {
    return call.known() && call.output() != null ? Set.of(call.output()) : Set.of();
  }

  @Override
  public boolean observes(Call call) {
    return !call.known();
  }

  @Override
  public List<Set<Object>> step(Set<Object> state, Call call) {
    if (!call.f().equals("generate")) {
      throw call.unknown("generate");
    }
    if (!call.known()) {
      return List.of(state);
    }
    Object id = call.output();
    if (id == null || state.contains(id)) {
      return List.of();
    }
    Set<Object> next = new HashSet<>(state);
    next.add(id);
    return List.of(Collections.unmodifiableSet(next));
  }
}
