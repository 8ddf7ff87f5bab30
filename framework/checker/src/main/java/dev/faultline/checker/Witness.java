package dev.faultline.checker;

import dev.faultline.history.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The smallest evidence that convinces a person.
 *
 * @param sentence what is wrong, in one sentence
 * @param steps the few things that happened, in the order to tell them (usually of time)
 */
public record Witness(String sentence, List<Step> steps) {
  public Witness {
    steps = List.copyOf(steps);
  }

  /**
   * One line of a witness.
   *
   * @param index the entry of the history that shows it
   * @param time nanoseconds since the run's start
   * @param until end of the interval that it took, or {@code time} for an instant
   * @param lane who did it: a node, client or process
   * @param text what, such as {@code append 41 "h2-90" ok, position 312}
   * @param remark why this line decides, or null for a line that only leads to it
   */
  public record Step(
      long index, long time, long until, String lane, String text, @Nullable String remark) {
    /**
     * The step of a whole operation, on the lane of its node, else its client, else its process.
     */
    public static Step of(Operation op, String text, @Nullable String remark) {
      String lane =
          op.node() != null
              ? op.node()
              : op.client() != null ? op.client() : "process " + op.process();
      long until = op.returnTime() == Operation.NEVER ? op.invokeTime() : op.returnTime();
      return new Step(op.invoked(), op.invokeTime(), until, lane, text, remark);
    }
  }
}
