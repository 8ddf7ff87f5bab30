package dev.faultline.checker;

import dev.faultline.checker.model.Call;
import dev.faultline.checker.model.Model;
import dev.faultline.checker.model.Models;
import dev.faultline.history.History;
import dev.faultline.history.Operation;
import dev.faultline.history.Outcome;
import dev.faultline.json.JsonView;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks the orders that a valid verdict of {@code linearizable} rests on, from the history and the
 * verdict's evidence alone. Shares no code with whoever found them, only what the models say.
 */
public final class Certificate {
  private static final String ORDER = "order";

  private Certificate() {}

  /**
   * What is wrong with a verdict's orders; null if nothing.
   *
   * @param params of the checker that gave it
   */
  public static @Nullable String problem(
      History history, Map<String, ? extends @Nullable Object> params, Verdict.Valid valid) {
    if (!(valid.evidence().get(ORDER) instanceof Map<?, ?> orders)) {
      return "there is none";
    }
    List<Operation> operations = history.operations();
    BitSet placed = new BitSet(operations.size());
    for (Map.Entry<?, ?> part : orders.entrySet()) {
      List<Operation> order = new ArrayList<>();
      for (Object id : (List<?>) Objects.requireNonNull(part.getValue())) {
        int at = (int) ((Number) id).longValue();
        if (at < 0 || at >= operations.size() || placed.get(at)) {
          return "operation %d is foreign or placed twice".formatted(at);
        }
        placed.set(at);
        order.add(operations.get(at));
      }
      String problem = precedence(order);
      problem = problem == null ? replayed(order, params) : problem;
      if (problem != null) {
        return "%s: %s".formatted(part.getKey().equals("") ? "the object" : part.getKey(), problem);
      }
    }
    for (Operation op : operations) {
      if (op.ok() && !placed.get(op.id())) {
        return "operation %d took effect and is not placed".formatted(op.id());
      }
    }
    return null;
  }

  private static @Nullable String precedence(List<Operation> order) {
    long latest = -1;
    for (Operation op : order) {
      if (op.returned() < latest) {
        return "operation %d stands after one invoked after its return".formatted(op.id());
      }
      latest = Math.max(latest, op.invoked());
    }
    return null;
  }

  private static @Nullable String replayed(
      List<Operation> order, Map<String, ? extends @Nullable Object> params) {
    String id = String.valueOf(params.get("model"));
    return switch (id) {
      case "register", "cas-register", "mutex" -> simple(order, Call.plain(params.get("init")));
      default -> {
        Model<?> model = Models.find(id, JsonView.of("model", params));
        yield model == null ? "there is no model " + id : modelled(order, model);
      }
    };
  }

  /** Registers and the lock without an owner, in a few words of their own. */
  private static @Nullable String simple(List<Operation> order, @Nullable Object init) {
    Object state = init;
    for (Operation op : order) {
      Call call = Call.of(op);
      boolean legal =
          op.outcome() != Outcome.FAIL
              && switch (op.f()) {
                case "read" -> call.answers(state);
                case "cas" -> Objects.equals(state, call.list(2).get(0));
                case "acquire" -> !Boolean.TRUE.equals(state);
                case "release" -> Boolean.TRUE.equals(state);
                default -> op.f().equals("write");
              };
      if (!legal) {
        return "operation %d, %s, does not fit there".formatted(op.id(), op.f());
      }
      state =
          switch (op.f()) {
            case "write" -> call.input();
            case "cas" -> call.list(2).get(1);
            case "acquire" -> true;
            case "release" -> false;
            default -> state;
          };
    }
    return null;
  }

  private static <S> @Nullable String modelled(List<Operation> order, Model<S> model) {
    Set<S> states = Set.of(model.initial());
    for (Operation op : order) {
      if (op.outcome() == Outcome.FAIL && !model.answersFailures()) {
        return "operation %d failed and is placed".formatted(op.id());
      }
      Set<S> next = new HashSet<>();
      for (S state : states) {
        next.addAll(model.step(state, Call.of(op)));
      }
      if (next.isEmpty()) {
        return "operation %d, %s, does not fit a %s there".formatted(op.id(), op.f(), model.noun());
      }
      states = next;
    }
    return null;
  }
}
