package dev.faultline.checker.model;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A row of values that are put in and taken out at its ends: queue, stack, deque. Whoever takes or
 * looks where there is nothing gets null.
 */
final class Ends implements Model<List<Object>> {
  private enum Act {
    PUT,
    TAKE,
    LOOK
  }

  private record Function(Act act, boolean front) {}

  private final String id;
  private final String noun;
  private final Map<String, Function> functions = new TreeMap<>();

  private Ends(String id, String noun) {
    this.id = id;
    this.noun = noun;
  }

  static Ends queue() {
    return new Ends("queue", "first-in first-out queue")
        .with("enqueue", Act.PUT, false)
        .with("dequeue", Act.TAKE, true)
        .with("peek", Act.LOOK, true);
  }

  static Ends stack() {
    return new Ends("stack", "stack")
        .with("push", Act.PUT, false)
        .with("pop", Act.TAKE, false)
        .with("peek", Act.LOOK, false);
  }

  static Ends deque() {
    return new Ends("deque", "double-ended queue")
        .with("push-front", Act.PUT, true)
        .with("push-back", Act.PUT, false)
        .with("pop-front", Act.TAKE, true)
        .with("pop-back", Act.TAKE, false)
        .with("peek-front", Act.LOOK, true)
        .with("peek-back", Act.LOOK, false);
  }

  private Ends with(String f, Act act, boolean front) {
    functions.put(f, new Function(act, front));
    return this;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String noun() {
    return noun;
  }

  @Override
  public List<Object> initial() {
    return List.of();
  }

  private Function function(Call call) {
    Function function = functions.get(call.f());
    if (function == null) {
      Set<String> known = functions.keySet();
      throw call.unknown(String.join(", ", known));
    }
    return function;
  }

  @Override
  public boolean observes(Call call) {
    Act act = function(call).act();
    return act == Act.LOOK || (act == Act.TAKE && call.known() && call.output() == null);
  }

  @Override
  public @Nullable Object value(Call call) {
    return function(call).act() == Act.PUT ? call.value() : call.output();
  }

  @Override
  public List<List<Object>> step(List<Object> state, Call call) {
    Function function = function(call);
    if (function.act() == Act.PUT) {
      int at = function.front() ? 0 : state.size();
      return call.refused() ? List.of() : List.of(Lists.with(state, at, call.value()));
    }
    int at = function.front() ? 0 : state.size() - 1;
    if (!call.answers(state.isEmpty() ? null : state.get(at))) {
      return List.of();
    }
    return List.of(
        function.act() == Act.LOOK || state.isEmpty() ? state : Lists.without(state, at));
  }
}
