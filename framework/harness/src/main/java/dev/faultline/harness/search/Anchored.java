package dev.faultline.harness.search;

import dev.faultline.harness.run.Terrain;
import dev.faultline.harness.run.Trials;
import dev.faultline.node.KeyedRandom;
import dev.faultline.spec.Anchor;
import dev.faultline.spec.Fault;
import dev.faultline.spec.FaultPlan;
import dev.faultline.spec.Shape;
import java.util.List;

/**
 * Few faults of few kinds in a row, each right after an event of a node that may come of the one
 * before. A defect shows when something fails just after a step, and then again in what the system
 * does about it; a time drawn at random seldom hits either.
 */
final class Anchored {
  private static final int MOST = 5;
  private static final int SLOW = 30;

  private Anchored() {}

  static FaultPlan plan(Trials trials, Terrain terrain, long seed) {
    Draft draft = new Draft(terrain, KeyedRandom.of(seed, "anchored"));
    if (draft.can("link.latency") && draft.chance(SLOW)) {
      draft.slowAll();
    }
    int count = 1 + draft.below(MOST);
    String first = draft.kind();
    String second = draft.kind();
    Anchor from = draft.chance(80) ? draft.onEvent() : draft.at();
    for (int i = 0; i < count && draft.room(from); i++) {
      add(draft, trials, draft.chance(50) ? first : second, from, KeyedRandom.at(seed, i, "mix"));
      from = draft.after(from);
    }
    return draft.plan();
  }

  private static void add(Draft draft, Trials trials, String kind, Anchor from, long seed) {
    switch (kind) {
      case "kill", "kill.lose-unsynced", "kill.torn" -> draft.kill(from, kind);
      case "pause" -> draft.pause(from, draft.lasting(), draft.telling(from));
      case "partition" -> {
        Shape shape =
            draft.chance(65)
                ? new Shape.Isolate(draft.telling(from))
                : draft.chance(60)
                    ? draft.minority()
                    : new Shape.Groups(
                        List.of(List.of(draft.telling(from)), List.of(draft.node())));
        draft.cut(from, draft.lasting(), shape, draft.direction());
      }
      default -> {
        List<Fault> made = trials.mix(List.of(kind), seed).faults();
        Fault fault = made.get(draft.below(made.size()));
        // A clock's error must last long enough to be measured, and some name their anchor's node.
        boolean stays = fault instanceof Fault.Clock || fault.from() instanceof Anchor.On;
        draft.add(
            fault,
            stays ? fault.from() : from,
            fault instanceof Fault.Clock ? fault.lasting() : draft.lasting());
      }
    }
  }
}
