package dev.faultline.harness.search;

import dev.faultline.harness.run.Terrain;
import dev.faultline.harness.run.Trials;
import dev.faultline.node.KeyedRandom;
import dev.faultline.spec.Anchor;
import dev.faultline.spec.Fault.Direction;
import dev.faultline.spec.FaultPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Random priorities in the manner of PCT, for links: the messages of one link or node are far
 * slower than all others, and at a few random moments others become the slow ones. Written as plain
 * slow links, so that a plan stays data.
 *
 * @see "Burckhardt et al., A Randomized Scheduler with Probabilistic Guarantees of Finding Bugs,
 *     ASPLOS 2010"
 */
final class Priorities {
  private static final int MOST_CHANGES = 3;

  private Priorities() {}

  static FaultPlan plan(Trials trials, Terrain terrain, long seed) {
    Draft draft = new Draft(terrain, KeyedRandom.of(seed, "pct"));
    if (!draft.can("link.latency") || draft.nodes().size() < 2) {
      return Anchored.plan(trials, terrain, seed);
    }
    List<Duration> changes = new ArrayList<>();
    changes.add(Duration.ZERO);
    int count = 1 + draft.below(MOST_CHANGES);
    for (int i = 0; i < count; i++) {
      changes.add(draft.part(5, 95));
    }
    changes.add(terrain.time());
    Collections.sort(changes);
    for (int i = 0; i + 1 < changes.size(); i++) {
      Duration lasting = changes.get(i + 1).minus(changes.get(i));
      if (lasting.toMillis() > 0) {
        low(draft, new Anchor.At(changes.get(i)), lasting);
      }
    }
    return draft.plan();
  }

  private static void low(Draft draft, Anchor from, Duration lasting) {
    List<String> order = draft.shuffled();
    Duration by = draft.chance(50) ? draft.units(5, 40) : draft.units(40, 200);
    Direction way = draft.chance(50) ? Direction.OUT : Direction.IN;
    boolean wholeNode = draft.chance(40);
    List<String> others = order.subList(1, wholeNode ? order.size() : 2);
    for (String other : others) {
      draft.slow(from, lasting, order.get(0), other, way, by);
    }
  }
}
