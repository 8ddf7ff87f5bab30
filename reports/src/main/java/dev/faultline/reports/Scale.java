package dev.faultline.reports;

import java.util.Collection;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Time to pixels for a witness. A witness often has operations of milliseconds with seconds between
 * them; drawn to scale they are slivers. So half of the width follows time and the other half is
 * dealt out evenly between the moments that matter: the order is exact, distances are eased.
 */
final class Scale {
  private static final double TRUE_SHARE = 0.45;

  private final TreeMap<Long, Double> marks = new TreeMap<>();

  Scale(Collection<Long> moments, long from, long to, double left, double right) {
    TreeSet<Long> times = new TreeSet<>(moments);
    times.add(from);
    times.add(to);
    times.headSet(from, false).clear();
    times.tailSet(to, false).clear();
    double span = Math.max(1, to - from);
    double even = (right - left) * (1 - TRUE_SHARE) / Math.max(1, times.size() - 1);
    double real = (right - left) * TRUE_SHARE;
    double x = left;
    long before = from;
    for (long time : times) {
      x += time == from ? 0 : even + real * (time - before) / span;
      before = time;
      marks.put(time, x);
    }
  }

  /** Where a time is; times outside are at the border. */
  double at(long time) {
    var low = marks.floorEntry(time);
    var high = marks.ceilingEntry(time);
    if (low == null) {
      return marks.firstEntry().getValue();
    }
    if (high == null) {
      return marks.lastEntry().getValue();
    }
    if (high.getKey().equals(low.getKey())) {
      return low.getValue();
    }
    double share = (time - low.getKey()) / (double) (high.getKey() - low.getKey());
    return low.getValue() + share * (high.getValue() - low.getValue());
  }
}
