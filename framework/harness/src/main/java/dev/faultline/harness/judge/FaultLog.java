package dev.faultline.harness.judge;

import dev.faultline.harness.judge.Judgement.FaultRecord;
import dev.faultline.history.Entry;
import dev.faultline.history.History;
import dev.faultline.spec.Fault;
import dev.faultline.spec.FaultPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the history says about each fault of the plan. A fault needs two proofs: that it took
 * effect, and that it ended; the second can be missing only where the run was cut off before it.
 *
 * @param cutOff whether the run did not come to its end
 */
record FaultLog(List<FaultStory> stories, boolean cutOff) {

  /** An interval of the run, nanoseconds since its start. */
  record Window(long from, long to) {}

  static FaultLog of(FaultPlan plan, History history) {
    boolean cutOff =
        history.nodeEvents().stream()
            .noneMatch(e -> Exercise.isPhase(e) && "end".equals(e.facts().get("name")));
    List<FaultStory> stories = new ArrayList<>();
    for (Fault fault : plan.faults()) {
      List<Entry.Fault> lines =
          history.faults().stream().filter(l -> l.fault().equals(fault.id())).toList();
      stories.add(FaultStory.of(fault, lines, history, cutOff));
    }
    return new FaultLog(List.copyOf(stories), cutOff);
  }

  List<FaultRecord> records() {
    return stories.stream().map(FaultStory::record).toList();
  }

  /** What did not happen as planned, each with what to change. */
  List<String> missing() {
    return stories.stream().map(FaultStory::problem).filter(Objects::nonNull).toList();
  }

  /** When some fault was proven to be active. */
  List<Window> windows() {
    return stories.stream().map(FaultStory::window).filter(Objects::nonNull).toList();
  }

  /** The first fault that may have been larger than planned, in words; null if there is none. */
  @Nullable String unbounded(Predicate<Fault> which) {
    return stories.stream()
        .filter(s -> which.test(s.fault()))
        .map(FaultStory::unbounded)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }
}
