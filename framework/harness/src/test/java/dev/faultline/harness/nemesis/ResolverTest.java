package dev.faultline.harness.nemesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.harness.nemesis.Resolver.Unresolved;
import dev.faultline.spec.Anchor;
import dev.faultline.spec.Fault;
import dev.faultline.spec.Fault.Direction;
import dev.faultline.spec.Fault.Mode;
import dev.faultline.spec.Link;
import dev.faultline.spec.Shape;
import dev.faultline.spec.Shape.Part;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class ResolverTest {
  private static final Anchor START = new Anchor.At(Duration.ZERO);

  private static Resolver resolver(int nodes, long seed) {
    Map<String, String> members = new LinkedHashMap<>();
    for (int i = 1; i <= nodes; i++) {
      members.put("n" + i, i == nodes ? "watcher" : "node");
    }
    Set<String> others = new LinkedHashSet<>(List.of("time", "c1", "c2"));
    Resolver resolver = new Resolver(members, others, Map.of("$leader", "leader"), seed);
    resolver.saw("n2", "leader");
    return resolver;
  }

  private static Set<Link> cut(Resolver resolver, Shape shape, Direction direction)
      throws Unresolved {
    return resolver
        .cut(
            new Fault.Partition("f1", START, Duration.ofSeconds(1), shape, direction, Mode.DROP),
            null)
        .links();
  }

  /** How many others cannot hear the leader. */
  private static long deaf(int nodes, Part part) throws Unresolved {
    Set<Link> links =
        cut(resolver(nodes, 7), new Shape.Split(part, "$leader", "*"), Direction.BOTH);
    return links.stream().filter(l -> l.from().equals("n2")).count();
  }

  @Test
  void aMinorityIsLessThanHalfAndAMajorityMore() throws Unresolved {
    assertThat(deaf(5, Part.MINORITY)).isEqualTo(3);
    assertThat(deaf(5, Part.MAJORITY)).isEqualTo(2);
    assertThat(deaf(4, Part.MINORITY)).isEqualTo(3);
    assertThat(deaf(4, Part.MAJORITY)).isEqualTo(1);
    assertThat(deaf(2, Part.MINORITY)).isEqualTo(1);
    assertThat(deaf(2, Part.MAJORITY)).isEqualTo(1);
  }

  @Test
  void halvesAreDrawnFromTheSeed() throws Unresolved {
    Shape halves = new Shape.Split(Part.HALVES, "", "*");
    assertThat(cut(resolver(6, 1), halves, Direction.BOTH)).hasSize(2 * 3 * 3);
    assertThat(cut(resolver(6, 1), halves, Direction.OUT)).hasSize(3 * 3);
    assertThat(cut(resolver(6, 1), halves, Direction.BOTH))
        .isEqualTo(cut(resolver(6, 1), halves, Direction.BOTH));
    Set<Set<Link>> drawn = new LinkedHashSet<>();
    for (long seed : LongStream.range(0, 20).toArray()) {
      drawn.add(cut(resolver(6, seed), halves, Direction.BOTH));
    }
    assertThat(drawn).hasSizeGreaterThan(5);
  }

  @Test
  void onlyThoseOfARoleAreDivided() throws Unresolved {
    Set<Link> links =
        cut(resolver(5, 3), new Shape.Split(Part.HALVES, "", "role:node"), Direction.BOTH);
    assertThat(links)
        .hasSize(2 * 2 * 2)
        .noneMatch(l -> l.from().equals("n5") || l.to().equals("n5"));
    assertThatThrownBy(() ->
            cut(resolver(5, 3), new Shape.Split(Part.MINORITY, "n5", "role:node"), Direction.BOTH))
        .isInstanceOf(Unresolved.class)
        .hasMessage("n5 is none of role:node");
  }

  @Test
  void clientsAreCutFromNodesAndNotTheTimeServer() throws Unresolved {
    assertThat(cut(resolver(2, 1), new Shape.Isolate("clients"), Direction.OUT))
        .containsExactlyInAnyOrder(
            new Link("c1", "n1"), new Link("c1", "n2"), new Link("c2", "n1"), new Link("c2", "n2"));
    Shape some = new Shape.Groups(List.of(List.of("clients"), List.of("$leader")));
    assertThat(cut(resolver(2, 1), some, Direction.IN))
        .containsExactlyInAnyOrder(new Link("n2", "c1"), new Link("n2", "c2"));
  }
}
