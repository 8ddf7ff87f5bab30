package dev.faultline.checker.linear;

import dev.faultline.checker.model.Call;
import dev.faultline.checker.model.Model;
import dev.faultline.history.Operation;
import dev.faultline.history.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Splits a history into parts that can be judged each by itself: by key, and by what {@link
 * Model#cells} says as far as no call connects. Sound because linearizability is local and the
 * object is the product of its cells.
 */
final class Parts {
  private Parts() {}

  /** Calls that have nothing to do with other parts, in the order of invocation. */
  record Group(String name, List<Call> calls) {}

  static List<Group> of(Model<?> model, List<Operation> operations) {
    Map<@Nullable Object, List<Call>> byKey = new LinkedHashMap<>();
    for (Operation op : operations) {
      if (op.outcome() != Outcome.FAIL || model.answersFailures()) {
        Call call = Call.of(op);
        if (!Calls.isCertain(call) && model.observes(call)) {
          // Whatever it found, nobody was told, and nothing changed.
          continue;
        }
        byKey
            .computeIfAbsent(model.acrossKeys() ? null : call.key(), k -> new ArrayList<>())
            .add(call);
      }
    }
    List<Group> parts = new ArrayList<>();
    byKey.forEach(
        (key, calls) -> split(model, key == null ? "" : String.valueOf(key), calls, parts));
    return parts;
  }

  private static void split(Model<?> model, String name, List<Call> calls, List<Group> parts) {
    List<Set<?>> cells = new ArrayList<>(calls.size());
    for (Call call : calls) {
      Set<?> touched = model.cells(call);
      if (touched == null) {
        parts.add(new Group(name, calls));
        return;
      }
      cells.add(touched);
    }
    Map<Object, Integer> numbers = new HashMap<>();
    List<Object> names = new ArrayList<>();
    List<Integer> parents = new ArrayList<>();
    for (Set<?> touched : cells) {
      int root = -1;
      for (Object cell : touched) {
        Integer number = numbers.get(cell);
        if (number == null) {
          number = names.size();
          numbers.put(cell, number);
          names.add(cell);
          parents.add(number);
        }
        int mine = root(parents, number);
        root = root < 0 ? mine : Math.min(root, mine);
      }
      for (Object cell : touched) {
        parents.set(root(parents, numbers.getOrDefault(cell, root)), root);
      }
    }
    Map<Integer, List<Call>> grouped = new LinkedHashMap<>();
    for (int i = 0; i < cells.size(); i++) {
      Object any = cells.get(i).stream().findFirst().orElse(null);
      int root = any == null ? -1 - i : root(parents, numbers.getOrDefault(any, 0));
      grouped.computeIfAbsent(root, r -> new ArrayList<>()).add(calls.get(i));
    }
    String prefix = name.isEmpty() ? "" : name + "/";
    grouped.forEach((root, group) ->
        parts.add(
            new Group(
                grouped.size() == 1
                    ? name
                    : root < 0 ? prefix + "-" + (-1 - root) : prefix + names.get(root),
                group)));
  }

  private static int root(List<Integer> parents, int of) {
    int root = of;
    while (parents.get(root) != root) {
      parents.set(root, parents.get(parents.get(root)));
      root = parents.get(root);
    }
    return root;
  }
}
