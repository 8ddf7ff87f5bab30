package dev.faultline.harness.run;

import dev.faultline.spec.Shape;
import dev.faultline.spec.Shape.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Seeded ways to divide nodes. */
final class Halves {
  private Halves() {}

  /** Two groups of any size. */
  static Shape random(List<String> nodes, RandomGenerator random) {
    List<String> order = shuffled(nodes, random);
    // Halves of an even number too: then no side has a majority.
    int cut = 1 + random.nextInt(nodes.size() / 2);
    return new Shape.Groups(List.of(order.subList(0, cut), order.subList(cut, order.size())));
  }

  /**
   * Two parts, drawn when the fault starts; or clients that reach nobody.
   *
   * @param telling who is in the first part, where it matters
   */
  static Shape split(List<String> nodes, String telling, RandomGenerator random) {
    return switch (random.nextInt(nodes.size() > 2 ? 4 : 2)) {
      case 0 -> new Shape.Split(Part.HALVES, "", "*");
      case 1 -> new Shape.Isolate("clients");
      case 2 -> new Shape.Split(Part.MINORITY, telling, "*");
      default -> new Shape.Split(Part.MAJORITY, telling, "*");
    };
  }

  static List<String> shuffled(List<String> items, RandomGenerator random) {
    List<String> order = new ArrayList<>(items);
    for (int i = order.size() - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      String moved = order.get(i);
      order.set(i, order.get(j));
      order.set(j, moved);
    }
    return List.copyOf(order);
  }
}
