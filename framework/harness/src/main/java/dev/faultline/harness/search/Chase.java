package dev.faultline.harness.search;

import dev.faultline.spec.Anchor;
import dev.faultline.spec.Fault.Direction;
import dev.faultline.spec.Shape;
import java.time.Duration;
import java.util.List;

/**
 * Shapes of trouble in which what one node left undone meets what the others did without it: three
 * changes of a leader in the right order, as in figure 8 of the Raft paper, or a node that comes
 * back to others that have forgotten something.
 */
final class Chase {
  private Chase() {}

  /** Who matters is cut off, then at once whoever takes over, then whoever does something next. */
  static void chase(Draft draft) {
    Duration after = draft.part(0, 30);
    draft.cut(
        new Anchor.At(after),
        draft.units(100, 300),
        new Shape.Isolate(draft.leading()),
        Direction.BOTH);
    int turns = 2 + draft.below(2);
    for (int i = 0; i < turns; i++) {
      Anchor next = draft.next(after);
      boolean emitter = draft.chance(80) && next instanceof Anchor.On;
      String node = emitter ? "$event" : draft.leading();
      draft.cut(next, draft.units(150, 500), new Shape.Isolate(node), Direction.BOTH);
      after = after.plus(draft.units(20, 150));
    }
  }

  /** One node is away while the others fail and recover, and then it comes back. */
  static void away(Draft draft) {
    String one = draft.node();
    Anchor from = new Anchor.At(draft.chance(60) ? draft.part(0, 10) : draft.part(0, 60));
    Duration lasting = draft.part(30, 80);
    List<String> deaths = draft.kills();
    if (!deaths.isEmpty() && draft.chance(40)) {
      draft.kill(from, lasting, List.of(one), draft.any(deaths));
    } else {
      draft.cut(from, lasting, new Shape.Isolate(one), Direction.BOTH);
    }
    int turns = 1 + draft.below(2);
    for (int i = 0; i < turns; i++) {
      Anchor then = draft.chance(70) ? draft.next(draft.part(0, 30)) : draft.at();
      Duration brief = draft.lasting();
      if (deaths.isEmpty()) {
        draft.cut(then, brief, new Shape.Isolate(draft.telling(then)), Direction.BOTH);
        continue;
      }
      List<String> victims =
          draft.chance(50)
              ? List.of(draft.telling(then))
              : draft.nodes().stream().filter(n -> !n.equals(one)).toList();
      draft.kill(then, brief, victims, draft.any(deaths));
    }
  }
}
