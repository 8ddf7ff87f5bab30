package dev.faultline.checker.monitor;

import dev.faultline.checker.model.Call;
import dev.faultline.history.Operation;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A set that only grows, of many elements, with reads of all of them; exact. Each read holds what
 * smaller ones hold, so reads and the adds between them take turns, in phases: a boundary is not
 * before the last invocation of what stands before it, nor after the first return of what stands
 * behind. Inside of its phase each element is by itself: added after all who missed it, before all
 * who found it.
 */
final class GrowingSet {
  private static final int NONE = -1;
  private static final int BEFORE = 0;
  private static final int CHANGE = 1;
  private static final int AFTER = 2;

  private final List<Call> calls;
  private final Numbers numbers = new Numbers();

  /** By call: its element; {@link #NONE} for a read. */
  private final int[] element;

  /** By element: the call that added it. */
  private int[] adder = new int[0];

  /** By element: the last invocation of who must come before it, the first return of who after. */
  private long[] least = new long[0];

  private long[] most = new long[0];
  private int[] phase = new int[0];

  private GrowingSet(List<Call> calls) {
    this.calls = calls;
    this.element = new int[calls.size()];
  }

  static Answer decide(List<Call> calls) {
    for (Call call : calls) {
      boolean known =
          call.f().equals("read")
              ? !call.known() || call.output() instanceof List<?>
              : call.f().equals("add")
                  || (call.f().equals("contains")
                      && (!call.known() || call.output() instanceof Boolean));
      if (!known) {
        return new Answer.Unsuited(call.f() + ", or its answer, is unknown here");
      }
    }
    return Sweep.fits(calls)
        ? Prefix.shortest(calls, false, part -> new GrowingSet(part).attempt())
        : new Answer.Unsuited("too many calls");
  }

  private Answer attempt() {
    for (int i = 0; i < element.length; i++) {
      Call call = calls.get(i);
      element[i] = call.f().equals("read") ? NONE : numbers.of(call.value());
    }
    int elements = numbers.size();
    adder = new int[elements];
    least = new long[elements];
    most = new long[elements];
    phase = new int[elements];
    Arrays.fill(adder, NONE);
    Arrays.fill(least, -1);
    Arrays.fill(most, Operation.NEVER);
    Arrays.fill(phase, NONE);
    boolean[] told = new boolean[elements];
    for (int i = 0; i < element.length; i++) {
      if (element[i] != NONE && !look(i, element[i], told)) {
        return impossible(i);
      }
    }
    int[] reads =
        IntStream.range(0, element.length)
            .filter(i -> element[i] == NONE && calls.get(i).known())
            .toArray();
    return ordered(reads);
  }

  private Answer impossible(int call) {
    return new Answer.Impossible(calls, calls.get(call));
  }

  /** Who may have added it, and its bounds. */
  private boolean look(int i, int e, boolean[] told) {
    Call call = calls.get(i);
    boolean adds = call.f().equals("add") && !call.refused();
    if (call.known()) {
      if (adds || (call.f().equals("add") == call.refused())) {
        most[e] = Math.min(most[e], call.operation().returned());
      } else {
        least[e] = Math.max(least[e], call.operation().invoked());
      }
    }
    boolean changed = adds && call.known() && Boolean.TRUE.equals(call.output());
    if (changed && told[e]) {
      return false;
    }
    told[e] |= changed;
    if (changed || (adds && adder[e] == NONE)) {
      adder[e] = i;
    }
    return true;
  }

  private Answer ordered(int[] reads) {
    int[] sorted =
        IntStream.of(reads)
            .boxed()
            .sorted(Comparator.comparingInt(r -> found(r).size()))
            .mapToInt(r -> r)
            .toArray();
    int[] readPhase = new int[element.length];
    int phases = phases(sorted, readPhase);
    if (phases == NONE) {
      return impossible(reads[reads.length - 1]);
    }
    for (int e = 0; e < phase.length; e++) {
      if (phase[e] == NONE && most[e] != Operation.NEVER) {
        phase[e] = phases - 1;
      }
      if (phase[e] != NONE) {
        if (adder[e] == NONE) {
          return impossible(0);
        }
        least[e] = Math.max(least[e], calls.get(adder[e]).operation().invoked());
        if (least[e] > most[e]) {
          return impossible(adder[e]);
        }
      }
    }
    long[] begins = begins(reads, readPhase, phases);
    return begins.length == 0
        ? impossible(reads[0])
        : new Answer.Ordered(points(begins, readPhase).order());
  }

  private List<?> found(int read) {
    return calls.get(read).output() instanceof List<?> list ? list : List.of();
  }

  /**
   * Gives reads odd phases and the elements that they found the even ones before; how many phases,
   * or {@link #NONE} if a read misses what a smaller one found, or found what nobody added.
   */
  private int phases(int[] sorted, int[] readPhase) {
    int[] stamp = new int[phase.length];
    int known = 0;
    int phases = 0;
    for (int k = 0; k < sorted.length; k++) {
      List<?> found = found(sorted[k]);
      int before = known;
      if (found.size() > known || phases == 0) {
        phases += 2;
      }
      int old = 0;
      for (Object value : found) {
        int e = value == null ? NONE : numbers.find(value);
        if (e == NONE || stamp[e] == k + 1) {
          return NONE;
        }
        stamp[e] = k + 1;
        if (phase[e] == NONE) {
          phase[e] = phases - 2;
          known++;
        } else {
          old++;
        }
      }
      if (old != before) {
        return NONE;
      }
      readPhase[sorted[k]] = phases - 1;
    }
    return phases + 1;
  }

  /** When each phase begins at the earliest; nothing if that is too late for one. */
  private long[] begins(int[] reads, int[] readPhase, int phases) {
    long[] begins = new long[phases];
    long[] latest = new long[phases];
    Arrays.fill(latest, Operation.NEVER);
    for (int read : reads) {
      Operation op = calls.get(read).operation();
      begins[readPhase[read] + 1] = Math.max(begins[readPhase[read] + 1], op.invoked());
      latest[readPhase[read]] = Math.min(latest[readPhase[read]], op.returned());
    }
    for (int e = 0; e < phase.length; e++) {
      int p = phase[e];
      if (p != NONE) {
        if (p + 1 < phases) {
          begins[p + 1] = Math.max(begins[p + 1], least[e]);
        }
        latest[p] = Math.min(latest[p], most[e]);
      }
    }
    for (int p = 1; p < phases; p++) {
      begins[p] = Math.max(begins[p], begins[p - 1]);
    }
    long end = Operation.NEVER;
    for (int p = phases - 1; p >= 0; p--) {
      end = Math.min(end, latest[p]);
      if (p > 0 && begins[p] > end) {
        return new long[0];
      }
    }
    return begins;
  }

  private Points points(long[] begins, int[] readPhase) {
    Points points = new Points(calls);
    for (int i = 0; i < element.length; i++) {
      Call call = calls.get(i);
      long invoked = call.operation().invoked();
      int e = element[i];
      if (e == NONE) {
        if (call.known()) {
          int p = readPhase[i];
          points.put(i, Math.max(begins[p], invoked), 3 * p + CHANGE);
        }
        continue;
      }
      int p = phase[e];
      long added = p == NONE ? Operation.NEVER : Math.max(begins[p], least[e]);
      if (i == adder[e] && p != NONE) {
        points.put(i, added, 3 * p + CHANGE);
      } else if (call.known()) {
        boolean missed = call.f().equals("contains") && call.refused();
        points.put(
            i,
            missed ? invoked : Math.max(invoked, added),
            3 * Math.max(p, 0) + (missed ? BEFORE : AFTER));
      }
    }
    return points;
  }
}
