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
 * @param events when each node event came in a run without faults, since the main phase began; no
 *     times for one that came before it alone; in order of names
 * @param writers nodes that write to their disks
 * @param unit silence after which the target gives a node up
 * @param time length of a run's main phase
 */
public record Terrain(
    List<String> kinds,
    Map<String, String> members,
    List<String> selectors,
    List<String> anchors,
    Map<String, List<Duration>> events,
    List<String> writers,
    Duration unit,
    Duration time) {
  /** The same with the events of a run that was watched. */
  public Terrain withEvents(Map<String, List<Duration>> seen) {
    return new Terrain(kinds, members, selectors, anchors, seen, writers, unit, time);
  }
}
