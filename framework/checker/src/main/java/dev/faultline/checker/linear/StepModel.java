package dev.faultline.checker.linear;

import dev.faultline.checker.model.Call;
import dev.faultline.history.Operation;
import dev.faultline.history.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one object does when its operations come one after another. {@code fail} means that the
 * operation did not happen, so a failed compare-and-set says nothing about the value it found.
 */
enum StepModel {
  /** {@code read} and {@code write}; at first the value is {@code init}. */
  REGISTER("register"),
  /** A register with {@code cas}, whose value is {@code [expected, new]}. */
  CAS_REGISTER("cas-register"),
  /** {@code acquire} a free lock, {@code release} a held one; whose hold it is does not matter. */
  MUTEX("mutex");

  private final String id;

  StepModel(String id) {
    this.id = id;
  }

  /** The word in parameters. */
  String id() {
    return id;
  }

  /** Whoever this names in a sentence: "a register". */
  String noun() {
    return this == MUTEX ? "lock" : "register";
  }

  /**
   * The operations of one object as steps, in order; those that certainly did not happen are left
   * out. The object starts in state 0.
   *
   * @param init what a register holds at first
   * @throws dev.faultline.checker.model.Misfit if a function or the shape of a value is unknown
   */
  List<Step> steps(List<Operation> operations, @Nullable Object init) {
    List<Step> steps = new ArrayList<>(operations.size());
    Map<@Nullable Object, Integer> states = new HashMap<>();
    states.put(plain(init), 0);
    for (Operation op : operations) {
      Step step = this == MUTEX ? lock(op) : register(op, states);
      if (op.outcome() != Outcome.FAIL) {
        steps.add(step);
      }
    }
    return steps;
  }

  private Step register(Operation op, Map<@Nullable Object, Integer> states) {
    if (op.f().equals("read")) {
      return step(op, op.ok() ? state(states, op.output()) : Step.ANY, Step.SAME);
    }
    if (op.f().equals("write")) {
      return step(op, Step.ANY, state(states, op.input()));
    }
    if (op.f().equals("cas") && this == CAS_REGISTER) {
      if (op.input() instanceof List<?> pair && pair.size() == 2) {
        return step(op, state(states, pair.get(0)), state(states, pair.get(1)));
      }
      throw Call.of(op).misfit("value " + op.input() + ", want [expected, new]");
    }
    String known = this == CAS_REGISTER ? "read, write, cas" : "read, write";
    throw Call.of(op).misfit("unknown function; %s knows %s".formatted(id, known));
  }

  private Step lock(Operation op) {
    return switch (op.f()) {
      case "acquire" -> step(op, 0, 1);
      case "release" -> step(op, 1, 0);
      default -> throw Call.of(op).misfit("unknown function; mutex knows acquire, release");
    };
  }

  private static Step step(Operation op, int need, int make) {
    return new Step(
        op, need, make, op.ok(), op.invoked(), op.ok() ? op.returned() : Operation.NEVER);
  }

  private static int state(Map<@Nullable Object, Integer> states, @Nullable Object value) {
    Integer state = states.get(plain(value));
    if (state == null) {
      state = states.size();
      states.put(plain(value), state);
    }
    return state;
  }

  /** Whole numbers are equal whatever their width. */
  static @Nullable Object plain(@Nullable Object value) {
    return value instanceof Integer i ? (Object) i.longValue() : value;
  }
}
