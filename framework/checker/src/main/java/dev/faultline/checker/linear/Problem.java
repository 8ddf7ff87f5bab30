package dev.faultline.checker.linear;

import dev.faultline.checker.model.Call;
import dev.faultline.checker.model.Model;
import dev.faultline.history.Operation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one object, laid out for the search: who is open at each return, in which slot.
 *
 * <p>Calls that may be left out and cannot matter are not in it: those that only look, and those
 * whose value (see {@link Model#value}) no certain call has.
 */
final class Problem {
  /** The same to the model, whoever asked it, unless that matters. */
  private record Kind(
      String f,
      @Nullable Object input,
      @Nullable Object output,
      int known,
      @Nullable Object owner) {}

  final Call[] calls;

  /** Per call: its kind, its slot, whether it must be placed, whether it only looks. */
  final int[] kind;

  final int[] slot;
  final boolean[] must;
  final boolean[] observes;

  /** Per call: the equal call which goes first when both may, or -1; the next one up. */
  final int[] twin;

  /** Calls that returned, in the order of their returns. */
  final int[] returns;

  /** Per return: the certain calls open then, by their returns; so the first is the one itself. */
  final int[][] open;

  /** Optional calls in the order of invocation; per return: how many had been invoked. */
  final int[] optional;

  final int[] invokedOptional;
  int kinds;
  int slots;

  private Problem(List<Call> calls, boolean[] must, Model<?> model) {
    int n = calls.size();
    this.calls = calls.toArray(new Call[0]);
    this.must = must;
    this.kind = new int[n];
    this.slot = new int[n];
    this.observes = new boolean[n];
    this.twin = new int[n];
    Map<Kind, Integer> known = new HashMap<>();
    for (int i = 0; i < n; i++) {
      Call call = calls.get(i);
      Kind k =
          new Kind(
              call.f(),
              call.input(),
              call.output(),
              call.known() ? 1 : call.failed() ? 2 : 0,
              model.byOwner() ? call.owner() : null);
      kind[i] = known.computeIfAbsent(k, x -> known.size());
      observes[i] = model.observes(call);
    }
    this.kinds = known.size();
    long[] events = events(this.calls, must);
    int count = 0;
    for (boolean m : must) {
      count += m ? 1 : 0;
    }
    this.returns = new int[count];
    this.open = new int[count][];
    this.optional = new int[n - count];
    this.invokedOptional = new int[count];
    layOut(events);
  }

  static Problem of(Model<?> model, List<Call> all) {
    Set<Object> certain = new HashSet<>();
    for (Call call : all) {
      if (isCertain(call) && model.value(call) instanceof Object value) {
        certain.add(value);
      }
    }
    List<Call> calls = new ArrayList<>();
    for (Call call : all) {
      if (!isCertain(call)) {
        Object value = model.value(call);
        if (model.observes(call) || (value != null && !certain.contains(value))) {
          continue;
        }
      }
      calls.add(call);
    }
    boolean[] must = new boolean[calls.size()];
    for (int i = 0; i < must.length; i++) {
      must[i] = isCertain(calls.get(i));
    }
    return new Problem(calls, must, model);
  }

  /** Whether it took effect; a failed one is only here if its model takes that for an answer. */
  static boolean isCertain(Call call) {
    return call.known() || call.failed();
  }

  static long returned(Call call) {
    return isCertain(call) ? call.operation().returned() : Operation.NEVER;
  }

  /** Lines as (call, is it the return), in order; where they share an index, invocations first. */
  private static long[] events(Call[] calls, boolean[] must) {
    long[][] keyed = new long[2 * calls.length][];
    int count = 0;
    for (int i = 0; i < calls.length; i++) {
      keyed[count++] = new long[] {calls[i].operation().invoked(), (long) i << 1};
      if (must[i]) {
        keyed[count++] = new long[] {calls[i].operation().returned(), (long) i << 1 | 1};
      }
    }
    Arrays.sort(
        keyed,
        0,
        count,
        (a, b) -> a[0] != b[0] ? Long.compare(a[0], b[0]) : Long.compare(a[1] & 1, b[1] & 1));
    long[] events = new long[count];
    for (int i = 0; i < count; i++) {
      events[i] = keyed[i][1];
    }
    return events;
  }

  private void layOut(long[] events) {
    Deque<Integer> free = new ArrayDeque<>();
    List<Integer> now = new ArrayList<>();
    int[] lastOptional = new int[kinds];
    Arrays.fill(lastOptional, -1);
    int crashed = 0;
    int returned = 0;
    for (long event : events) {
      int call = (int) (event >> 1);
      if ((event & 1) == 0) {
        slot[call] = free.isEmpty() ? slots++ : free.pop();
        twin[call] = -1;
        if (must[call]) {
          now.add(call);
        } else {
          twin[call] = lastOptional[kind[call]];
          lastOptional[kind[call]] = call;
          optional[crashed++] = call;
        }
        continue;
      }
      returns[returned] = call;
      invokedOptional[returned] = crashed;
      open[returned] =
          now.stream()
              .sorted((a, b) -> Long.compare(returned(calls[a]), returned(calls[b])))
              .mapToInt(Integer::intValue)
              .toArray();
      returned++;
      now.remove((Integer) call);
      free.push(slot[call]);
    }
  }
}
