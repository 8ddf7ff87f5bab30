package dev.faultline.checker.linear;

import java.util.Arrays;

/**
 * The calls of one object, laid out for a search: who is open at each return, in which slot. A call
 * that returns gives its slot back, so what is open is as wide as the most calls open at once.
 */
final class Layout {
  /** Entries that the lists of open calls may have. */
  private static final long MOST = 100_000_000;

  /** Per call: its kind, and how many had returned when it was invoked. */
  final int[] kind;

  final int[] since;

  /** Per call: its place among the returns; {@link Integer#MAX_VALUE} if it may be left out. */
  final int[] until;

  /** Per call that must be placed: a small number of its own while it is open. */
  final int[] slot;

  /** Per kind: it leaves every state as it is; it makes one state of all. */
  final boolean[] observes;

  final boolean[] blind;
  final boolean anyBlind;

  /** Calls that must be placed, in the order of their returns. */
  final int[] returns;

  /**
   * Calls that must be placed, in the order of invocation; per return, where its new ones begin.
   */
  final int[] certain;

  final int[] enter;

  /** Open at each return, the first to return first: who changes something, and who only looks. */
  final int[] changes;

  final int[] changesFrom;
  final int[] looks;
  final int[] looksFrom;

  /** Calls that may be left out, by their kinds, in the order of invocation. */
  final int[][] crashed;

  final int slots;

  /** Too many are open for too long to be laid out; nothing else here is right then. */
  final boolean tooWide;

  /** What this holds in memory, roughly. */
  long bytes() {
    return 4L * (changes.length + looks.length) + 40L * kind.length;
  }

  private Layout(Builder b, boolean[] observes, boolean[] blind) {
    int n = b.size;
    this.kind = b.kind;
    this.observes = observes;
    this.blind = blind;
    this.since = new int[n];
    this.until = new int[n];
    this.slot = new int[n];
    this.returns = b.byReturn();
    this.certain = new int[returns.length];
    this.enter = new int[returns.length + 2];
    int count = 0;
    int[] ofKind = new int[observes.length];
    boolean any = false;
    Arrays.fill(until, Integer.MAX_VALUE);
    for (int r = 0; r < returns.length; r++) {
      until[returns[r]] = r;
    }
    int returned = 0;
    long[] open = new long[2];
    for (int i = 0; i < n; i++) {
      while (returned < returns.length && b.returned[returns[returned]] < b.invoked[i]) {
        returned++;
      }
      since[i] = returned;
      if (b.must[i]) {
        certain[count++] = i;
        enter[returned + 1]++;
        any |= blind[kind[i]];
        open[observes[kind[i]] ? 1 : 0] += until[i] - returned + 1;
      } else {
        ofKind[kind[i]]++;
      }
    }
    for (int r = 1; r < enter.length; r++) {
      enter[r] += enter[r - 1];
    }
    this.anyBlind = any;
    this.crashed = crashed(b, ofKind);
    this.tooWide = open[0] + open[1] > MOST;
    this.changes = new int[tooWide ? 0 : (int) open[0]];
    this.looks = new int[tooWide ? 0 : (int) open[1]];
    this.changesFrom = new int[returns.length + 1];
    this.looksFrom = new int[returns.length + 1];
    this.slots = tooWide ? 0 : sweep();
  }

  private int[][] crashed(Builder b, int[] ofKind) {
    int distinct = 0;
    int[] at = new int[ofKind.length];
    for (int k = 0; k < ofKind.length; k++) {
      at[k] = ofKind[k] > 0 ? distinct++ : -1;
    }
    int[][] byKind = new int[distinct][];
    int[] filled = new int[distinct];
    for (int i = 0; i < b.size; i++) {
      if (!b.must[i]) {
        int c = at[kind[i]];
        if (filled[c] == 0) {
          byKind[c] = new int[ofKind[kind[i]]];
        }
        byKind[c][filled[c]++] = i;
      }
    }
    return byKind;
  }

  /** Goes through the returns; how many slots that took. */
  private int sweep() {
    int[] free = new int[returns.length];
    int freed = 0;
    int used = 0;
    Queue changing = new Queue();
    Queue looking = new Queue();
    for (int r = 0; r < returns.length; r++) {
      for (int i = enter[r]; i < enter[r + 1]; i++) {
        int call = certain[i];
        slot[call] = freed > 0 ? free[--freed] : used++;
        (observes[kind[call]] ? looking : changing).add(call);
      }
      changesFrom[r + 1] = changing.copy(changes, changesFrom[r]);
      looksFrom[r + 1] = looking.copy(looks, looksFrom[r]);
      int call = returns[r];
      (observes[kind[call]] ? looking : changing).removeFirst();
      free[freed++] = slot[call];
    }
    return used;
  }

  /** Open calls, the first to return first. */
  private final class Queue {
    private int[] calls = new int[16];
    private int size;

    void add(int call) {
      if (size == calls.length) {
        calls = Arrays.copyOf(calls, 2 * size);
      }
      int at = size++;
      while (at > 0 && until[calls[at - 1]] > until[call]) {
        calls[at] = calls[at - 1];
        at--;
      }
      calls[at] = call;
    }

    void removeFirst() {
      size--;
      System.arraycopy(calls, 1, calls, 0, size);
    }

    int copy(int[] to, int at) {
      System.arraycopy(calls, 0, to, at, size);
      return at + size;
    }
  }

  /** Takes calls in the order of invocation. */
  static final class Builder {
    private final int[] kind;
    private final boolean[] must;
    private final long[] invoked;
    private final long[] returned;
    private int size;

    Builder(int size) {
      this.kind = new int[size];
      this.must = new boolean[size];
      this.invoked = new long[size];
      this.returned = new long[size];
    }

    void add(int kind, boolean must, long invoked, long returned) {
      this.kind[size] = kind;
      this.must[size] = must;
      this.invoked[size] = invoked;
      this.returned[size++] = returned;
    }

    /** Lays them out; what the kinds do is told by the arrays. */
    Layout build(boolean[] observes, boolean[] blind) {
      return new Layout(this, observes, blind);
    }

    private int[] byReturn() {
      int count = 0;
      for (boolean m : must) {
        count += m ? 1 : 0;
      }
      int[] calls = new int[count];
      count = 0;
      for (int i = 0; i < size; i++) {
        if (must[i]) {
          calls[count++] = i;
        }
      }
      // Nearly in order already, unless very many are open at once.
      int[] spare = new int[count];
      sort(calls, spare, 0, count);
      return calls;
    }

    private void sort(int[] calls, int[] spare, int from, int to) {
      if (to - from < 24) {
        for (int i = from + 1; i < to; i++) {
          int call = calls[i];
          int at = i;
          while (at > from && returned[calls[at - 1]] > returned[call]) {
            calls[at] = calls[at - 1];
            at--;
          }
          calls[at] = call;
        }
        return;
      }
      int middle = (from + to) >>> 1;
      sort(calls, spare, from, middle);
      sort(calls, spare, middle, to);
      if (returned[calls[middle - 1]] <= returned[calls[middle]]) {
        return;
      }
      System.arraycopy(calls, from, spare, from, to - from);
      int a = from;
      int b = middle;
      for (int i = from; i < to; i++) {
        boolean left = b == to || (a < middle && returned[spare[a]] <= returned[spare[b]]);
        calls[i] = left ? spare[a++] : spare[b++];
      }
    }
  }
}
