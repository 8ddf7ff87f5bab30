package dev.faultline.checker.linear;

import dev.faultline.checker.model.Call;
import dev.faultline.checker.model.Model;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An object that does one call after the other. Most are their model's steps; those whose states
 * are large are the plain collection that they stand for, so that a call costs what it touches.
 */
interface Machine {
  /** Does the call; false if that cannot be, with its answer. */
  boolean take(Call call);

  /** A fresh object. */
  static Machine of(Model<?> model) {
    if (model.getClass().isAnonymousClass()
        || !model.getClass().getPackageName().equals(Model.class.getPackageName())) {
      return steps(model);
    }
    return switch (model.id()) {
      case "queue", "stack", "deque" -> ends(new ArrayDeque<>(), model.id().equals("stack"));
      case "grow-only-set", "set" -> elements(new HashSet<>());
      case "unique-ids" -> ids(new HashSet<>());
      case "log" -> log(new ArrayList<>());
      default -> steps(model);
    };
  }

  private static <S> Machine steps(Model<S> model) {
    return new Machine() {
      private Collection<S> states = List.of(model.initial());

      @Override
      public boolean take(Call call) {
        if (states.size() == 1) {
          states = model.step(states.iterator().next(), call);
        } else {
          Set<S> next = new LinkedHashSet<>();
          states.forEach(state -> next.addAll(model.step(state, call)));
          states = next;
        }
        return !states.isEmpty();
      }
    };
  }

  /** Values are put in and taken out at the back, unless the function says otherwise. */
  private static Machine ends(Deque<Object> values, boolean stack) {
    return call -> {
      boolean front = call.f().endsWith("-front") || (!stack && !call.f().contains("-"));
      switch (call.f()) {
        case "enqueue", "push", "push-back" -> values.addLast(call.value());
        case "push-front" -> values.addFirst(call.value());
        default -> {
          @Nullable Object value = front ? values.peekFirst() : values.peekLast();
          if (!call.answers(value)) {
            return false;
          }
          if (value != null && !call.f().startsWith("peek")) {
            Object gone = front ? values.removeFirst() : values.removeLast();
            return gone.equals(value);
          }
          return true;
        }
      }
      return !call.refused();
    };
  }

  private static Machine elements(Set<Object> elements) {
    return call -> {
      if (call.f().equals("read")) {
        return !call.known()
            || (call.output() instanceof List<?> list
                && list.size() == elements.size()
                && elements.equals(new HashSet<>(list)));
      }
      boolean there = elements.contains(call.value());
      if (call.f().equals("contains")) {
        return call.answers(there);
      }
      boolean add = call.f().equals("add");
      boolean changes = add ? elements.add(call.value()) : elements.remove(call.value());
      return !(call.output() instanceof Boolean) || call.answers(changes);
    };
  }

  private static Machine ids(Set<Object> given) {
    return call -> {
      Object id = call.output();
      return !call.known() || (id != null && given.add(id));
    };
  }

  private static Machine log(List<Object> log) {
    return call -> {
      if (call.f().equals("append")) {
        boolean fits = call.output() == null || call.answers((long) log.size());
        log.add(call.value());
        return fits;
      }
      if (!call.known()) {
        return true;
      }
      long from = call.input() == null ? 0 : Math.max(0, call.number());
      long begin = Math.min(from, log.size());
      if (!(call.output() instanceof List<?> told) || told.size() != log.size() - begin) {
        return false;
      }
      for (int i = 0; i < told.size(); i++) {
        if (!List.of(begin + i, log.get((int) begin + i)).equals(told.get(i))) {
          return false;
        }
      }
      return true;
    };
  }
}
