package dev.faultline.checker.linear;

import dev.faultline.checker.Budget;
import dev.faultline.checker.model.Call;
import dev.faultline.checker.model.Model;
import dev.faultline.checker.monitor.Numbers;
import dev.faultline.history.Operation;
import dev.faultline.history.Outcome;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Splits a history into parts that can be judged each by itself: by key, and by what {@link
 * Model#cells} says as far as no call connects. Sound because linearizability is local and the
 * object is the product of its cells.
 */
final class Parts {
  private static final int NONE = -1;

  private Parts() {}

  /**
   * Calls that have nothing to do with other parts, in the order of invocation.
   *
   * @param key the object's name; empty for the only one
   * @param cell the first cell of them; null if they are all of the object's
   */
  record Group(String key, @Nullable Object cell, List<Call> calls) {
    String name() {
      return cell == null ? key : key.isEmpty() ? cell.toString() : key + "/" + cell;
    }
  }

  /**
   * The parts.
   *
   * @throws dev.faultline.checker.model.Misfit if the model does not know one of the operations, at
   *     once, and not where a search happens to look
   * @throws Budget.Spent if the budget ends first
   */
  static <S> List<Group> of(Model<S> model, List<Operation> operations, Budget budget) {
    S initial = model.initial();
    Map<@Nullable Object, List<Call>> byKey = new LinkedHashMap<>();
    Object last = null;
    List<Call> ofLast = null;
    int at = 0;
    for (Operation op : operations) {
      budget.poll(at++);
      if (op.outcome() != Outcome.FAIL || model.answersFailures()) {
        Call call = Call.of(op);
        if (!Calls.isCertain(call) && model.observes(call)) {
          // Whatever it found, nobody was told, and nothing changed.
          continue;
        }
        List<S> unused = model.step(initial, call);
        Object key = model.acrossKeys() ? null : call.key();
        if (ofLast == null || !Objects.equals(key, last)) {
          last = key;
          ofLast = byKey.computeIfAbsent(key, k -> new ArrayList<>());
        }
        ofLast.add(call);
      }
    }
    List<Group> parts = new ArrayList<>();
    byKey.forEach(
        (key, calls) -> split(model, key == null ? "" : String.valueOf(key), calls, parts, budget));
    return parts;
  }

  private static void split(
      Model<?> model, String name, List<Call> calls, List<Group> parts, Budget budget) {
    Cells cells = new Cells();
    int[] touched = new int[calls.size()];
    for (int i = 0; i < touched.length; i++) {
      budget.poll(i);
      Set<?> ofCall = model.cells(calls.get(i));
      if (ofCall == null) {
        parts.add(new Group(name, null, calls));
        return;
      }
      touched[i] = cells.joined(ofCall);
    }
    // In the order of their first calls; one that touches nothing is alone.
    int[] groupOf = new int[cells.size()];
    Arrays.fill(groupOf, NONE);
    int[] group = new int[touched.length];
    List<Object> names = new ArrayList<>();
    int[] begin = new int[touched.length + 2];
    for (int i = 0; i < touched.length; i++) {
      budget.poll(i);
      int root = touched[i] == NONE ? NONE : cells.root(touched[i]);
      group[i] = root == NONE ? NONE : groupOf[root];
      if (group[i] == NONE) {
        group[i] = names.size();
        names.add(root == NONE ? "-" + i : cells.name(root));
        if (root != NONE) {
          groupOf[root] = group[i];
        }
      }
      begin[group[i] + 2]++;
    }
    if (names.size() <= 1) {
      parts.add(new Group(name, null, calls));
      return;
    }
    for (int g = 2; g < begin.length; g++) {
      begin[g] += begin[g - 1];
    }
    Call[] sorted = new Call[touched.length];
    for (int i = 0; i < touched.length; i++) {
      sorted[begin[group[i] + 1]++] = calls.get(i);
    }
    for (int g = 0; g < names.size(); g++) {
      List<Call> ofGroup = new Slice(sorted, begin[g], begin[g + 1] - begin[g]);
      parts.add(new Group(name, names.get(g), ofGroup));
    }
  }

  /** Some of the calls that lie together. */
  private static final class Slice extends AbstractList<Call> implements RandomAccess {
    private final Call[] calls;
    private final int from;
    private final int size;

    Slice(Call[] calls, int from, int size) {
      this.calls = calls;
      this.from = from;
      this.size = size;
    }

    @Override
    public Call get(int index) {
      return calls[from + Objects.checkIndex(index, size)];
    }

    @Override
    public int size() {
      return size;
    }
  }

  /** The cells that were met, joined where a call touches several. */
  private static final class Cells {
    private static final Object NIL = "null";

    private final Numbers numbers = new Numbers();
    private int[] parents = new int[16];

    int size() {
      return numbers.size();
    }

    Object name(int cell) {
      return numbers.value(cell);
    }

    /** One of these, which from now on are one; {@link #NONE} of none. */
    int joined(Set<?> cells) {
      int one = NONE;
      for (Object cell : cells) {
        int mine = root(number(cell));
        if (one != NONE) {
          parents[Math.max(one, mine)] = Math.min(one, mine);
        }
        one = one == NONE ? mine : Math.min(one, mine);
      }
      return one;
    }

    private int number(@Nullable Object cell) {
      int before = numbers.size();
      int number = numbers.of(cell == null ? NIL : cell);
      if (number == before) {
        parents = number == parents.length ? Arrays.copyOf(parents, 2 * number) : parents;
        parents[number] = number;
      }
      return number;
    }

    int root(int cell) {
      int root = cell;
      while (parents[root] != root) {
        parents[root] = parents[parents[root]];
        root = parents[root];
      }
      return root;
    }
  }
}
