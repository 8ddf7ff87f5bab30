package dev.faultline.harness.run;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What fault plans of one spec can be made of.
 *
 * @param kinds fault kinds to choose from
 * @param members nodes with their roles, in order
 * @param selectors that the target declares, such as {@code $leader}, sorted
 * @param anchors node events that the target calls telling, the most telling first
 * @param events how often each node event came in a run without faults, in order of names
 * @param unit silence after which the target gives a node up
 * @param time length of a run's main phase
 */
public record Terrain(
    List<String> kinds,
    Map<String, String> members,
    List<String> selectors,
    List<String> anchors,
    Map<String, Integer> events,
    Duration unit,
    Duration time) {
  /** The same with the events of a run that was watched. */
  public Terrain withEvents(Map<String, Integer> seen) {
    return new Terrain(kinds, members, selectors, anchors, seen, unit, time);
  }
}
