package dev.faultline.checker.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds all configurations that are possible before a return, then goes on to the next one; those
 * that used few crashed calls are followed first, since they cover others. Finds soon that there is
 * no order, and holds only what is open.
 */
final class BreadthFirst implements Engine {
  private static final int NONE = -1;

  /** The configurations before one return. */
  private static final class Level {
    final Memo memo;

    /** Per row: the last link of its trail, and whether it waits to be followed. */
    int[] link = new int[16];

    boolean[] waits = new boolean[16];

    /** Rows that wait, by how many crashed calls they used. */
    final List<Rows> rows = new ArrayList<>();

    int first;

    Level(Shape shape) {
      this.memo = new Memo(shape);
    }

    void clear() {
      memo.clear();
      Arrays.fill(waits, false);
      rows.forEach(r -> r.size = 0);
      first = 0;
    }
  }

  private static final class Rows {
    int[] rows = new int[4];
    int size;
  }

  private final Search search;
  private final int length;
  private final @Nullable Level[] levels;
  private final List<Level> spare = new ArrayList<>();
  private final long[] from;
  private final long[] to;

  /** Trails, as trees: a placed call and the link before it. */
  private long[] placed = new long[64];

  private int[] before = new int[64];
  private int links;

  private int now;
  private int farthest;
  private boolean isOver;
  private int @Nullable [] order;

  BreadthFirst(Search search) {
    this.search = search;
    this.length = search.shape.length;
    this.levels = new @Nullable Level[search.layout.returns.length];
    this.from = new long[length];
    this.to = new long[length];
    search.trailSize = 0;
    search.begin(to, 0);
    arrive(NONE);
  }

  @Override
  public void run(long effort) {
    long left = effort;
    while (!isOver && left > 0) {
      Level level = levels[now];
      int row = level == null ? NONE : next(level);
      if (level != null && row != NONE) {
        left -= follow(level, row);
      } else if (now < farthest) {
        leave(level);
        now++;
      } else {
        isOver = true;
      }
    }
  }

  private void leave(@Nullable Level level) {
    if (level != null) {
      levels[now] = null;
      level.clear();
      spare.add(level);
    }
  }

  private static int next(Level level) {
    while (level.first < level.rows.size()) {
      Rows rows = level.rows.get(level.first);
      while (rows.size > 0) {
        int row = rows.rows[--rows.size];
        if (level.waits[row]) {
          level.waits[row] = false;
          return row;
        }
      }
      level.first++;
    }
    return NONE;
  }

  private int follow(Level level, int row) {
    System.arraycopy(level.memo.rows(), row * length, from, 0, length);
    int link = level.link[row];
    int candidates = search.candidates(from, 0);
    int looked = 1;
    for (int candidate = 0; candidate < candidates && !isOver; candidate++) {
      int target = search.target(from, 0, candidate);
      if (target == Moves.NONE) {
        continue;
      }
      int[] several = target < Moves.NONE ? search.moves.several(target) : null;
      for (int i = 0; i < (several == null ? 1 : several.length) && !isOver; i++) {
        looked++;
        search.trailSize = 0;
        if (search.place(from, 0, candidate, several == null ? target : several[i], to, 0)) {
          arrive(link);
        }
      }
    }
    return looked;
  }

  /** Adds what stands in {@code to}, with its trail, unless something covers it. */
  private void arrive(int link) {
    if (search.isEnd(to, 0)) {
      isOver = true;
      order = order(link(link));
      return;
    }
    int r = Shape.next(to, 0);
    farthest = Math.max(farthest, r);
    Level level = levels[r];
    if (level == null) {
      level = spare.isEmpty() ? new Level(search.shape) : spare.remove(spare.size() - 1);
      levels[r] = level;
    }
    int row = level.memo.add(to, 0);
    if (row == NONE) {
      return;
    }
    if (row >= level.link.length) {
      level.link = Arrays.copyOf(level.link, 2 * row);
      level.waits = Arrays.copyOf(level.waits, 2 * row);
    }
    level.link[row] = link(link);
    level.waits[row] = true;
    int cost = search.shape.used(to, 0);
    while (level.rows.size() <= cost) {
      level.rows.add(new Rows());
    }
    level.first = Math.min(level.first, cost);
    Rows rows = level.rows.get(cost);
    if (rows.size == rows.rows.length) {
      rows.rows = Arrays.copyOf(rows.rows, 2 * rows.size);
    }
    rows.rows[rows.size++] = row;
  }

  private int link(int link) {
    int last = link;
    for (int i = 0; i < search.trailSize; i++) {
      if (links == placed.length) {
        placed = Arrays.copyOf(placed, 2 * links);
        before = Arrays.copyOf(before, 2 * links);
      }
      placed[links] = search.trail[i];
      before[links] = last;
      last = links++;
    }
    return last;
  }

  private int[] order(int last) {
    int size = 0;
    for (int link = last; link != NONE; link = before[link]) {
      size++;
    }
    long[] trail = new long[size];
    for (int link = last; link != NONE; link = before[link]) {
      trail[--size] = placed[link];
    }
    return search.order(trail, trail.length);
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
    Level level = isOver ? null : levels[now];
    return level == null ? 0 : level.memo.size();
  }

  @Override
  public long bytes() {
    long bytes = 24L * placed.length;
    for (int r = now; r <= farthest; r++) {
      bytes += levels[r] == null ? 0 : levels[r].memo.bytes() + 12L * levels[r].link.length;
    }
    for (Level level : spare) {
      bytes += level.memo.bytes() + 12L * level.link.length;
    }
    return bytes;
  }
}
