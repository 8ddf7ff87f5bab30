package dev.faultline.harness.gate;

import java.util.List;

/**
 * The first place where two runs of one schedule were not the same.
 *
 * @param target with its variant
 * @param index of the schedule
 * @param seed of the schedule
 * @param runs which two, for people
 * @param what differs, for people: the plan, an event with its number, the verdict
 * @param before the events right before it, the same in both
 * @param first what the first run had there
 * @param second what the second had
 */
public record Difference(
    String target,
    long index,
    long seed,
    String runs,
    String what,
    List<String> before,
    String first,
    String second) {
  public Difference {
    before = List.copyOf(before);
  }

  /** Where the two texts part, counted in characters. */
  public int column() {
    int common = 0;
    while (common < Math.min(first.length(), second.length())
        && first.charAt(common) == second.charAt(common)) {
      common++;
    }
    return common;
  }
}
