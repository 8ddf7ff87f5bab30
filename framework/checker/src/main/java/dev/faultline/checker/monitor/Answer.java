package dev.faultline.checker.monitor;

import dev.faultline.checker.model.Call;
import java.util.List;

/** What came of looking for an order of one object's calls. */
public sealed interface Answer {
  /** An order of all calls that must be placed and some of the others. */
  record Ordered(List<Call> order) implements Answer {
    public Ordered {
      order = List.copyOf(order);
    }
  }

  /**
   * There is none.
   *
   * @param core calls that by themselves have no order, and which the model lets one look at alone
   *     (whole values, see {@link dev.faultline.checker.model.Model#value}); all of them if nothing
   *     smaller is known. What explains the verdict is cut from these
   * @param last the call by whose return there was none
   */
  record Impossible(List<Call> core, Call last) implements Answer {
    public Impossible {
      core = List.copyOf(Polled.plain(core));
    }
  }

  /**
   * Not decided by this way; another may.
   *
   * @param why such as "value 3 is enqueued twice"
   */
  record Unsuited(String why) implements Answer {}

  /**
   * Not decided within the budget.
   *
   * @param what which budget ran out
   * @param placed how many calls had been placed by then
   * @param alternatives how many possibilities were open then
   */
  record Exhausted(String what, long placed, long alternatives) implements Answer {}
}
