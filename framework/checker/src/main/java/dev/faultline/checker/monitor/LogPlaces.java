package dev.faultline.checker.monitor;

import dev.faultline.checker.model.Call;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A log: an append has the place that it was told, or where its value was read; one that has
 * neither fills any place that nobody looked at. Not suited where a value was read that several
 * appends without a place may have put there.
 */
final class LogPlaces {
  private static final int NONE = -1;
  private static final int SEVERAL = -2;

  private final List<Call> calls;
  private final Slots slots;

  /** By place: what was read there. */
  private @Nullable Object[] read = new @Nullable Object[16];

  private int length;

  private LogPlaces(List<Call> calls) {
    this.calls = calls;
    this.slots = new Slots(calls);
  }

  static Answer decide(List<Call> calls) {
    for (Call call : calls) {
      boolean known =
          call.f().equals("append")
              ? !call.known() || call.output() == null || call.output() instanceof Long
              : call.f().equals("read")
                  && (call.input() == null || call.input() instanceof Long)
                  && (!call.known() || call.output() instanceof List<?>);
      if (!known) {
        return new Answer.Unsuited(call.f() + ", or its answer, is unknown here");
      }
    }
    return Sweep.fits(calls)
        ? Prefix.shortest(calls, false, part -> new LogPlaces(part).attempt())
        : new Answer.Unsuited("too many calls");
  }

  private Answer attempt() {
    Numbers values = new Numbers();
    int[] byValue = new int[calls.size()];
    Arrays.fill(byValue, NONE);
    int[] byPlace = new int[calls.size()];
    Arrays.fill(byPlace, NONE);
    for (int i = 0; i < byPlace.length; i++) {
      Call call = calls.get(i);
      if (!call.f().equals("append")) {
        if (call.known() && !look(i)) {
          return impossible(i);
        }
      } else if (call.known() && call.output() instanceof Long offset) {
        if (offset < 0 || offset >= byPlace.length || !slots.own(i, (int) (long) offset)) {
          return impossible(i);
        }
        byPlace[(int) (long) offset] = i;
      } else {
        int value = values.of(call.value());
        byValue[value] = byValue[value] == NONE ? i : SEVERAL;
        slots.free(i);
      }
    }
    for (int place = 0; place < length; place++) {
      Object value = read[place];
      if (value == null) {
        continue;
      }
      if (byPlace[place] != NONE) {
        if (!calls.get(byPlace[place]).value().equals(value)) {
          return impossible(byPlace[place]);
        }
        continue;
      }
      int number = values.find(value);
      int by = number < 0 ? NONE : byValue[number];
      if (by == SEVERAL) {
        return new Answer.Unsuited("several appends of " + value + " told no offset");
      }
      if (by == NONE || !slots.own(by, place)) {
        return impossible(0);
      }
      byValue[number] = NONE;
    }
    return slots.answer();
  }

  private Answer impossible(int call) {
    return new Answer.Impossible(calls, calls.get(call));
  }

  /** What a read found; false if that cannot be, or does not fit another's. */
  private boolean look(int i) {
    Call call = calls.get(i);
    long from = call.input() instanceof Long n ? Math.max(0, n) : 0;
    List<?> found = call.output() instanceof List<?> list ? list : List.of();
    if (found.isEmpty()) {
      slots.sees(i, (int) Math.min(from, calls.size()), true);
      return true;
    }
    if (from + found.size() > calls.size()) {
      return false;
    }
    int place = (int) from;
    if (place + found.size() > read.length) {
      read = Arrays.copyOf(read, Math.max(place + found.size(), 2 * read.length));
    }
    for (Object entry : found) {
      if (!(entry instanceof List<?> pair)
          || pair.size() != 2
          || !Objects.equals(pair.get(0), (long) place)
          || pair.get(1) == null
          || (read[place] != null && !Objects.equals(read[place], pair.get(1)))) {
        return false;
      }
      read[place++] = pair.get(1);
    }
    length = Math.max(length, place);
    slots.sees(i, place, false);
    return true;
  }
}
