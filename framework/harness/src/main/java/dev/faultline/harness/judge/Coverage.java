package dev.faultline.harness.judge;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run exercised: for each fault, while it lasted and while the system recovered, what
 * clients of nodes of each role did and what came of it.
 *
 * @param rows one for each fault that took effect, in the order of the plan
 * @param okBefore operations that were ok before the first of them
 * @param pairs operations on one key that were open at one time, one of them not a read
 */
public record Coverage(List<Row> rows, long okBefore, long pairs) {
  /** Nothing was done to anything. */
  public static final Coverage NONE = new Coverage(List.of(), 0, 0);

  /**
   * One fault. Times are nanoseconds since the run's start.
   *
   * @param from when it began
   * @param to when it was over, or the run was
   * @param recovered what is over by then is counted as recovery: as long again, at least a second
   * @param inFlight operations that were open when it began
   * @param pairs conflicting pairs that came about until {@code recovered}
   * @param okAfter operations that were ok after {@code to}, final reads included
   * @param unmet why the fault tested nothing, though it took effect; null if it met the system
   * @param signs elections, recoveries, and roles that changed hands, until {@code recovered}
   */
  public record Row(
      String fault,
      String kind,
      String target,
      long from,
      long to,
      long recovered,
      long inFlight,
      long pairs,
      long okAfter,
      @Nullable String unmet,
      Map<String, Long> signs,
      List<Cell> cells) {
    /** Operations that may have taken effect. */
    public long effective() {
      return cells.stream().mapToLong(c -> c.ok() + c.info()).sum();
    }
  }

  /**
   * Operations of one function by clients of nodes of one role.
   *
   * @param recovering whether they came when the fault was over; else they were open during it
   */
  public record Cell(String f, String role, boolean recovering, long ok, long fail, long info) {}
}
