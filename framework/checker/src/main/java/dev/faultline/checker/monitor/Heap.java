package dev.faultline.checker.monitor;

import java.util.Arrays;

/** Calls by number, the one that returns first on top. */
final class Heap {
  private final long[] returned;
  private int[] calls = new int[8];
  private int size;

  Heap(long[] returned) {
    this.returned = returned;
  }

  boolean isEmpty() {
    return size == 0;
  }

  void push(int call) {
    if (size == calls.length) {
      calls = Arrays.copyOf(calls, 2 * size);
    }
    int at = size++;
    while (at > 0 && returned[calls[(at - 1) >> 1]] > returned[call]) {
      calls[at] = calls[(at - 1) >> 1];
      at = (at - 1) >> 1;
    }
    calls[at] = call;
  }

  int top() {
    return calls[0];
  }

  int pop() {
    int top = calls[0];
    int moved = calls[--size];
    int at = 0;
    for (int child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && returned[calls[child + 1]] < returned[calls[child]]) {
        child++;
      }
      if (returned[calls[child]] >= returned[moved]) {
        break;
      }
      calls[at] = calls[child];
      at = child;
    }
    calls[at] = moved;
    return top;
  }
}
