package dev.faultline.harness.search;

import dev.faultline.harness.run.Terrain;
import dev.faultline.harness.run.Trials;
import dev.faultline.node.KeyedRandom;
import dev.faultline.spec.Anchor;
import dev.faultline.spec.Fault.Direction;
import dev.faultline.spec.FaultPlan;
import dev.faultline.spec.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What to try before anything is drawn: the node that matters alone, two halves, all dead at once,
 * each kind by itself. Most failures that partitions caused needed no more than one such fault, so
 * the first schedules of a search go through them in order; only times and lengths are drawn.
 *
 * @see "Alquraan et al., An Analysis of Network-Partitioning Failures in Cloud Systems, OSDI 2018"
 */
final class Basics {
  private final Draft draft;
  private final Terrain terrain;
  private final List<Consumer<Draft>> shapes = new ArrayList<>();

  private Basics(Draft draft, Terrain terrain) {
    this.draft = draft;
    this.terrain = terrain;
  }

  /**
   * One of the plans.
   *
   * @param which from 0
   * @return null if there are not so many
   */
  static @Nullable FaultPlan plan(Trials trials, Terrain terrain, long seed, int which) {
    Draft draft = new Draft(terrain, KeyedRandom.of(seed, "basics"));
    Basics basics = new Basics(draft, terrain);
    basics.collect();
    if (which < basics.shapes.size()) {
      basics.shapes.get(which).accept(draft);
      return draft.plan();
    }
    int kind = which - basics.shapes.size();
    return kind < terrain.kinds().size()
        ? trials.mix(List.of(terrain.kinds().get(kind)), seed)
        : null;
  }

  private void collect() {
    boolean partition = draft.can("partition");
    if (partition) {
      for (String one : terrain.selectors().isEmpty() ? List.of("$event") : terrain.selectors()) {
        shapes.add(d -> alone(d, one));
      }
      if (terrain.members().size() > 2) {
        shapes.add(Basics::halves);
      }
    }
    if (!draft.kills().isEmpty()) {
      shapes.add(d -> d.killAll(d.onTelling(), d.harshest()));
    }
    if (draft.can("pause")) {
      shapes.add(Basics::frozen);
    }
    if (partition && draft.can("link.latency")) {
      shapes.add(Templates::lateThenLost);
    }
    if (partition) {
      shapes.add(Templates::oneAfterTheOther);
    }
  }

  private static void alone(Draft draft, String one) {
    Anchor from = one.equals("$event") ? draft.onTelling() : new Anchor.At(draft.part(5, 30));
    String node = from instanceof Anchor.At && one.equals("$event") ? draft.node() : one;
    draft.drop(from, draft.units(180, 300), new Shape.Isolate(node), Direction.BOTH);
  }

  private static void frozen(Draft draft) {
    Anchor from = draft.onTelling();
    draft.pause(from, draft.units(150, 250), from instanceof Anchor.On ? "$event" : draft.node());
  }

  private static void halves(Draft draft) {
    List<String> order = draft.shuffled();
    int half = order.size() / 2;
    draft.drop(
        new Anchor.At(draft.part(5, 30)),
        draft.units(180, 300),
        new Shape.Groups(List.of(order.subList(0, half), order.subList(half, order.size()))),
        Direction.BOTH);
  }
}
