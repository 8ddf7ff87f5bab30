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
 * @param writers nodes that wrote to their disks in that run, sorted
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
  /** The same with what a run that was watched showed. */
  public Terrain seen(Map<String, List<Duration>> events, List<String> writers) {
    return new Terrain(kinds, members, selectors, anchors, events, writers, unit, time);
  }
}
