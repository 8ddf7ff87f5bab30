package dev.faultline.checker.linear;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Follows one configuration as far as it goes, then turns back; remembers where it has been. Finds
 * an order soon where there are many. No recursion, so no overflow.
 */
final class DepthFirst implements Engine {
  private final Search search;
  private final Memo memo;
  private final int length;

  // Per level: the configuration, the trail up to it, and where its candidates have come to.
  private long[] stack;
  private int[] trail = new int[16];
  private int[] candidate = new int[16];
  private int[] choice = new int[16];
  private int depth;
  private int farthest;
  private boolean isOver;
  private int @Nullable [] order;

  DepthFirst(Search search) {
    this.search = search;
    this.length = search.shape.length;
    this.memo = new Memo(search.shape);
    this.stack = new long[17 * length];
    search.begin(stack, 0);
    memo.add(stack, 0);
    push();
  }

  @Override
  public void run(long effort) {
    long left = effort;
    while (!isOver && left > 0) {
      left -= step();
    }
  }

  /** Looks at the candidates of the deepest level until one is new; how many that took. */
  private int step() {
    int top = depth - 1;
    int at = top * length;
    int candidates = search.candidates(stack, at);
    int looked = 1;
    for (; candidate[top] < candidates; candidate[top]++, choice[top] = 0) {
      int target = search.target(stack, at, candidate[top]);
      if (target == Moves.NONE) {
        continue;
      }
      int[] several = target < Moves.NONE ? search.moves.several(target) : null;
      int choices = several == null ? 1 : several.length;
      while (choice[top] < choices) {
        int to = several == null ? target : several[choice[top]];
        choice[top]++;
        looked++;
        search.trailSize = trail[top];
        if (search.place(stack, at, candidate[top], to, stack, at + length)
            && memo.add(stack, at + length) >= 0) {
          push();
          return looked;
        }
      }
    }
    depth--;
    isOver = depth == 0;
    return looked;
  }

  private void push() {
    int at = depth * length;
    if (search.isEnd(stack, at)) {
      isOver = true;
      order = search.order(search.trail, search.trailSize);
      return;
    }
    farthest = Math.max(farthest, Shape.next(stack, at));
    if (depth == trail.length) {
      trail = Arrays.copyOf(trail, 2 * depth);
      candidate = Arrays.copyOf(candidate, 2 * depth);
      choice = Arrays.copyOf(choice, 2 * depth);
      stack = Arrays.copyOf(stack, (2 * depth + 1) * length);
    }
    trail[depth] = search.trailSize;
    candidate[depth] = 0;
    choice[depth++] = 0;
  }

  @Override
  public boolean isOver() {
    return isOver;
  }

  @Override
  public int @Nullable [] order() {
    return order;
  }

  @Override
  public int farthest() {
    return farthest;
  }

  @Override
  public long configurations() {
    return memo.size();
  }

  @Override
  public long bytes() {
    return memo.bytes() + 8L * stack.length + 16L * trail.length;
  }
}
