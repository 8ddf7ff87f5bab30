package dev.faultline.harness.search;

import dev.faultline.harness.run.Terrain;
import dev.faultline.harness.run.Trials;
import dev.faultline.node.KeyedRandom;
import dev.faultline.spec.Anchor;
import dev.faultline.spec.Fault;
import dev.faultline.spec.Fault.Shape;
import dev.faultline.spec.FaultPlan;
import java.time.Duration;
import java.util.List;

/**
 * Few faults of few kinds, most of them right after an event of a node. A defect shows when
 * something fails just after a step, which a time drawn at random seldom hits.
 */
final class Anchored {
  private Anchored() {}

  static FaultPlan plan(Trials trials, Terrain terrain, long seed) {
    Draft draft = new Draft(terrain, KeyedRandom.of(seed, "anchored"));
    int count = 1 + draft.low(5);
    List<String> kinds = terrain.kinds();
    String first = draft.any(kinds);
    String second = draft.any(kinds);
    for (int i = 0; i < count; i++) {
      String kind = draft.chance(50) ? first : second;
      Anchor from = draft.chance(80) ? draft.onEvent() : draft.at();
      add(draft, trials, kind, from, KeyedRandom.at(seed, i, "anchored"));
    }
    return draft.plan();
  }

  private static void add(Draft draft, Trials trials, String kind, Anchor from, long seed) {
    switch (kind) {
      case "kill" -> draft.kill(from, draft.lasting(), draft.telling(from));
      case "pause" -> draft.pause(from, draft.lasting(), draft.telling(from));
      case "partition" -> {
        String one = draft.telling(from);
        Shape shape =
            draft.chance(60)
                ? new Shape.Isolate(one)
                : new Shape.Groups(List.of(List.of(one), List.of(draft.node())));
        draft.cut(from, draft.lasting(), shape, draft.direction());
      }
      case "link.latency" ->
          draft.slow(
              from,
              draft.lasting(),
              draft.telling(from),
              draft.node(),
              draft.direction(),
              draft.chance(50) ? draft.units(2, 30) : draft.units(30, 120));
      default -> {
        // A clock's error must last long enough to be measured, so its length stays.
        List<Fault> made = trials.mix(List.of(kind), seed).faults();
        Fault fault = made.get(draft.below(made.size()));
        Duration lasting = fault instanceof Fault.Clock ? fault.lasting() : draft.lasting();
        draft.add(fault, waits(fault) ? fault.from() : from, lasting);
      }
    }
  }

  /** Whether it names the node of its own anchor. */
  private static boolean waits(Fault fault) {
    return fault.from() instanceof Anchor.On;
  }
}
