package dev.faultline.checker.monitor;

import dev.faultline.checker.model.Call;
import java.util.Arrays;
import java.util.List;

/**
 * A counter that only grows: a call that told the number took the counter from one number to
 * another, a read saw one. Where some told nothing, all of these must add the same, and then they
 * can stand for each other; else not suited.
 */
final class Levels {
  private static final long MOST = 1L << 60;

  private final List<Call> calls;
  private final long[] from;
  private final long[] to;

  /** What calls add that told nothing; 0 if there are none. */
  private long each;

  private Levels(List<Call> calls) {
    this.calls = calls;
    this.from = new long[calls.size()];
    this.to = new long[calls.size()];
  }

  static Answer decide(List<Call> calls) {
    return Sweep.fits(calls)
        ? Prefix.shortest(calls, false, part -> new Levels(part).attempt())
        : new Answer.Unsuited("too many calls");
  }

  private static boolean tells(Call call) {
    return call.known() && !call.f().equals("add") && !call.f().equals("read");
  }

  private static long amount(Call call) {
    return switch (call.f()) {
      case "read" -> 0;
      case "add", "add-and-get", "get-and-add" ->
          call.input() == null ? 1 : call.input() instanceof Long n ? n : -1;
      default -> -1;
    };
  }

  private Answer attempt() {
    int told = 0;
    boolean floating = false;
    for (int i = 0; i < from.length; i++) {
      Call call = calls.get(i);
      long amount = amount(call);
      boolean read = call.f().equals("read");
      boolean numbers =
          !call.known()
              || call.f().equals("add")
              || (call.output() instanceof Long n && Math.abs(n) < MOST);
      if (amount < (read ? 0 : 1) || amount > MOST || !numbers) {
        return new Answer.Unsuited("an amount or an answer that is not a number over 0");
      }
      if (call.known() && call.output() instanceof Long n) {
        from[i] = call.f().equals("add-and-get") ? n - amount : n;
        to[i] = from[i] + amount;
      }
      told += tells(call) ? 1 : 0;
      if (!read && !tells(call)) {
        floating |= each != 0 && each != amount;
        each = amount;
      }
    }
    return floating
        ? new Answer.Unsuited("calls that told nothing add different numbers")
        : fill(sorted(told));
  }

  /** Those that told, by the number before them. */
  private int[] sorted(int told) {
    Integer[] boxed = new Integer[told];
    int n = 0;
    for (int i = 0; i < from.length; i++) {
      if (tells(calls.get(i))) {
        boxed[n++] = i;
      }
    }
    Arrays.sort(boxed, (a, b) -> Long.compare(from[a], from[b]));
    int[] sorted = new int[told];
    Arrays.setAll(sorted, i -> boxed[i]);
    return sorted;
  }

  private Answer fill(int[] told) {
    Slots slots = new Slots(calls);
    // The number that the places so far make, and how many they are.
    long number = 0;
    long place = 0;
    long[] before = new long[told.length];
    for (int k = 0; k < told.length; k++) {
      long gap = places(from[told[k]] - number);
      if (gap < 0 || place + gap > calls.size()) {
        return new Answer.Impossible(calls, calls.get(told[k]));
      }
      place += gap;
      before[k] = place;
      slots.own(told[k], (int) place++);
      number = to[told[k]];
    }
    for (int i = 0; i < from.length; i++) {
      Call call = calls.get(i);
      if (call.f().equals("read")) {
        if (call.known()) {
          long level = level(told, before, from[i]);
          if (level < 0 || level > calls.size()) {
            return new Answer.Impossible(calls, call);
          }
          slots.sees(i, (int) level, false);
        }
      } else if (!tells(call)) {
        slots.free(i);
      }
    }
    return slots.answer();
  }

  /** How many calls that told nothing make this much; -1 if none can. */
  private long places(long gap) {
    return gap == 0 ? 0 : gap < 0 || each == 0 || gap % each != 0 ? -1 : gap / each;
  }

  /** After how many places the counter shows this number; -1 for never. */
  private long level(int[] told, long[] before, long number) {
    int low = 0;
    int high = told.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (to[told[middle]] <= number) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    // So many of those that told had made it no more than this.
    long start = low == 0 ? 0 : to[told[low - 1]];
    long gap = places(number - start);
    if (gap < 0 || (low < told.length && number > from[told[low]])) {
      return -1;
    }
    return (low == 0 ? 0 : before[low - 1] + 1) + gap;
  }
}
