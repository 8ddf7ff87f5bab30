package dev.faultline.reports;

import java.util.ArrayList;
import java.util.List;

/** Puts boxes with labels into as few rows as they need without touching each other. */
final class Rows {
  private static final double GAP = 10;
  private final List<Double> ends = new ArrayList<>();

  /** The row, from 0, for a box that reaches from left to right. Boxes come by their left edge. */
  int place(double left, double right) {
    for (int row = 0; row < ends.size(); row++) {
      if (ends.get(row) + GAP <= left) {
        ends.set(row, right);
        return row;
      }
    }
    ends.add(right);
    return ends.size() - 1;
  }

  int count() {
    return ends.size();
  }
}
