package dev.faultline.harness.search;

import dev.faultline.harness.run.Terrain;
import dev.faultline.harness.run.Trials;
import dev.faultline.node.KeyedRandom;
import dev.faultline.spec.Anchor;
import dev.faultline.spec.Fault.Direction;
import dev.faultline.spec.FaultPlan;
import dev.faultline.spec.Shape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Shapes of trouble that broke many systems: one node alone while its clients still reach it, a
 * minority, a bridge, one after the other, all at once, and answers that come late and are then
 * lost.
 *
 * @see "Alquraan et al., An Analysis of Network-Partitioning Failures in Cloud Systems, OSDI 2018"
 */
final class Templates {
  private Templates() {}

  private interface Template {
    void add(Draft draft);
  }

  static FaultPlan plan(Trials trials, Terrain terrain, long seed) {
    Draft draft = new Draft(terrain, KeyedRandom.of(seed, "templates"));
    List<Template> possible = new ArrayList<>();
    boolean partition = draft.can("partition");
    if (partition) {
      possible.add(Templates::alone);
      possible.add(Templates::minority);
      possible.add(Templates::middle);
      possible.add(Templates::oneAfterTheOther);
      possible.add(Chase::chase);
      possible.add(Chase::away);
    }
    if (partition && draft.can("link.latency")) {
      possible.add(Templates::lateThenLost);
    }
    if (!draft.kills().isEmpty()) {
      possible.add(Templates::kills);
    }
    if (draft.can("pause")) {
      possible.add(Templates::frozen);
    }
    if (possible.isEmpty()) {
      return Anchored.plan(trials, terrain, seed);
    }
    draft.any(possible).add(draft);
    if (draft.chance(35)) {
      draft.any(possible).add(draft);
    }
    return draft.plan();
  }

  private static Anchor start(Draft draft) {
    return draft.chance(70) ? draft.onEvent() : draft.at();
  }

  private static void alone(Draft draft) {
    alone(draft, start(draft));
  }

  private static void alone(Draft draft, Anchor from) {
    draft.cut(
        from,
        draft.units(150, 350),
        new Shape.Isolate(draft.telling(from)),
        draft.chance(75) ? Direction.BOTH : draft.direction());
  }

  private static void minority(Draft draft) {
    draft.cut(start(draft), draft.units(150, 350), draft.minority(), Direction.BOTH);
  }

  private static void middle(Draft draft) {
    Anchor from = start(draft);
    if (draft.nodes().size() >= 3) {
      draft.cut(from, draft.units(150, 350), new Shape.Bridge(draft.telling(from)), Direction.BOTH);
    } else {
      alone(draft);
    }
  }

  /** Whoever matters is cut off, and soon after its successor too. */
  static void oneAfterTheOther(Draft draft) {
    Anchor from = start(draft);
    for (int left = 2 + draft.below(3); left > 0 && draft.room(from); left--) {
      alone(draft, from);
      from = draft.after(from);
    }
  }

  /** Nodes die right after an event, and often once more. */
  private static void kills(Draft draft) {
    Anchor from = start(draft);
    for (int left = 1 + draft.low(3); left > 0 && draft.room(from); left--) {
      draft.kill(from, draft.any(draft.kills()));
      from = draft.after(from);
    }
  }

  private static void frozen(Draft draft) {
    Anchor from = start(draft);
    draft.pause(from, draft.units(120, 300), draft.telling(from));
  }

  /** Who counts from the answer counts wrong. */
  static void lateThenLost(Draft draft) {
    Anchor from = draft.onTelling();
    String node = from instanceof Anchor.On ? "$event" : draft.node();
    Duration lasting = draft.units(200, 350);
    draft.slowAnswers(from, lasting, node, draft.units(25, 50));
    draft.cut(
        draft.later(from, draft.units(50, 90)), lasting, new Shape.Isolate(node), Direction.OUT);
  }
}
