package dev.faultline.checker.model;

import java.util.List;

/**
 * A queue of at most {@code capacity} values. {@code enqueue} → false while it is full; once full,
 * it stays so until only {@code resume} values are left (hysteresis; capacity − 1 for none).
 */
record BoundedQueue(long capacity, long resume) implements Model<BoundedQueue.State> {
  /** What is inside, and whether it takes no more. */
  record State(List<Object> values, boolean full) {}

  @Override
  public String id() {
    return "bounded-queue";
  }

  @Override
  public String noun() {
    return "queue of at most " + capacity;
  }

  @Override
  public State initial() {
    return new State(List.of(), false);
  }

  @Override
  public boolean observes(Call call) {
    return (call.f().equals("enqueue") && call.refused())
        || call.f().equals("peek")
        || (call.f().equals("dequeue") && call.known() && call.output() == null);
  }

  @Override
  public List<State> step(State state, Call call) {
    List<Object> values = state.values();
    switch (call.f()) {
      case "enqueue" -> {
        if (state.full() != call.refused()) {
          return List.of();
        }
        if (state.full()) {
          return List.of(state);
        }
        List<Object> more = Lists.with(values, call.value());
        return List.of(new State(more, more.size() >= capacity));
      }
      case "dequeue", "peek" -> {
        if (!call.answers(values.isEmpty() ? null : values.get(0))) {
          return List.of();
        }
        if (values.isEmpty() || call.f().equals("peek")) {
          return List.of(state);
        }
        List<Object> fewer = Lists.without(values, 0);
        return List.of(new State(fewer, state.full() && fewer.size() > resume));
      }
      default -> throw call.unknown("enqueue, dequeue, peek");
    }
  }
}
