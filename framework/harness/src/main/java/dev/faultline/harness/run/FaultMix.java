package dev.faultline.harness.run;

import static dev.faultline.harness.run.Magnitudes.nanos;
import static dev.faultline.harness.run.Magnitudes.part;

import dev.faultline.harness.Target;
import dev.faultline.node.KeyedRandom;
import dev.faultline.spec.Anchor;
import dev.faultline.spec.Fault;
import dev.faultline.spec.Fault.Direction;
import dev.faultline.spec.Fault.Effect;
import dev.faultline.spec.Fault.Mode;
import dev.faultline.spec.FaultPlan;
import dev.faultline.spec.Shape;
import dev.faultline.spec.Unsynced;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * A seeded plan of some kinds: one disturbance after another with a rest between them, each kind
 * once before any comes again, each role of node once before any comes again. Magnitudes are
 * multiples of the silence after which the target gives a node up.
 */
final class FaultMix {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Set<String> USUAL =
      Set.of("partition", "link.latency", "pause", "kill", "clock.step");
  private static final Duration KILL_LEAST = Duration.ofMillis(500);

  /** What a clock must gain or lose, nanoseconds, to be measured well; see {@link PlanCheck}. */
  private static final long GAIN_LEAST = 25_000_000;

  private final List<String> kinds;
  private final Victims victims;
  private final List<String> storing;
  private final List<String> anchors;
  private final long unit;
  private final long maxDriftPpm;
  private final long seed;
  private final List<Fault> faults = new ArrayList<>();
  private long end;

  /**
   * @param kinds of {@link dev.faultline.spec.FaultKinds}, at least one
   * @param members nodes with their roles
   * @param storing nodes that keep something on their disk, at least one
   * @param selectors that the target declares, such as {@code $leader}
   * @param maxDriftPpm largest rate error to use
   */
  FaultMix(
      List<String> kinds,
      Map<String, String> members,
      List<String> storing,
      List<String> selectors,
      List<String> anchors,
      Target.Timing timing,
      long maxDriftPpm,
      long seed) {
    this.kinds = kinds;
    this.victims = new Victims(members, selectors, seed);
    this.storing = storing;
    this.anchors = anchors;
    this.unit = timing.detection().toNanos();
    this.maxDriftPpm = maxDriftPpm;
    this.seed = seed;
  }

  /** The plan for a main phase of this length. */
  FaultPlan plan(Duration time) {
    List<String> order = order();
    end = time.toNanos();
    // The rest lets the system recover, so that the next fault meets something that works.
    // A short run has no time to be without a fault for long.
    long rest = Math.min(Math.max(unit, 1_000_000_000L), time.toNanos() / 8);
    long at = Math.min(FIRST.toNanos(), time.toNanos() / 4);
    for (int turn = 0; at + unit < time.toNanos(); turn++) {
      String kind = order.get(turn % order.size());
      RandomGenerator random = random("turn" + turn);
      long left = time.toNanos() - at - unit / 4;
      Duration lasting = nanos(Math.min(left, length(kind, random)));
      if (lasting.toNanos() < least(kind)) {
        // A run too short for this kind may have room for another.
        if (faults.isEmpty() && turn + 1 < order.size()) {
          continue;
        }
        break;
      }
      add(kind, Duration.ofNanos(at), lasting, random);
      at += lasting.toNanos() + rest;
    }
    return new FaultPlan(faults);
  }

  /** What breaks most systems comes first, since a short run has room for a few kinds only. */
  private List<String> order() {
    RandomGenerator random = random("kinds");
    List<String> order = new ArrayList<>(Halves.shuffled(kinds, random));
    order.sort(java.util.Comparator.comparing(kind -> !USUAL.contains(kind)));
    return order;
  }

  private long length(String kind, RandomGenerator random) {
    return switch (kind) {
      // Longer than the time after which somebody else may act, so that the frozen one is late.
      case "pause" -> unit * 3 / 2 + 500_000_000L + part(unit, random);
      case "kill", "kill.lose-unsynced", "kill.torn", "kill.wipe", "stop" ->
          Math.max(KILL_LEAST.toNanos(), unit / 2) + part(unit / 2, random);
      case "link.latency" -> unit * 3;
      // A step acts when it comes and when it goes.
      case "clock.step" -> unit + part(unit, random);
      case "clock.rate" -> Math.max(unit * 2, leastToGain()) + part(unit, random);
      default -> unit * 2 + part(unit, random);
    };
  }

  private long least(String kind) {
    return switch (kind) {
      case "pause" -> unit * 3 / 2;
      case "kill", "kill.lose-unsynced", "kill.torn", "kill.wipe", "stop" -> KILL_LEAST.toNanos();
      case "clock.rate" -> Math.max(unit, leastToGain());
      default -> unit;
    };
  }

  private long leastToGain() {
    return GAIN_LEAST * 1_000_000 / maxDriftPpm;
  }

  private void add(String kind, Duration at, Duration lasting, RandomGenerator random) {
    Anchor from = new Anchor.At(at);
    switch (kind) {
      case "partition" -> partition(from, lasting, random);
      case "pause" -> {
        // The first pause hits somebody in the midst of the most telling thing.
        boolean first =
            !anchors.isEmpty() && faults.stream().noneMatch(f -> f instanceof Fault.Pause);
        boolean wait = first || (!anchors.isEmpty() && random.nextInt(4) > 0);
        Anchor anchor =
            first
                ? on(anchors.get(0), at, lasting, random)
                : wait ? onEvent(at, lasting, random) : from;
        faults.add(new Fault.Pause(id(), anchor, lasting, wait ? "$event" : victims.node(random)));
      }
      case "kill" -> {
        boolean wait = !anchors.isEmpty() && random.nextInt(3) == 0;
        faults.add(
            new Fault.Kill(
                id(),
                wait ? onEvent(at, lasting, random) : from,
                lasting,
                wait ? "$event" : victims.node(random)));
      }
      case "stop" -> faults.add(new Fault.Stop(id(), from, lasting, victims.node(random)));
      case "kill.lose-unsynced", "kill.torn", "kill.wipe" -> {
        Unsynced disk =
            switch (kind) {
              case "kill.torn" -> Unsynced.TORN;
              case "kill.wipe" -> Unsynced.WIPE;
              default -> Unsynced.LOSE;
            };
        faults.add(new Fault.Kill(id(), from, lasting, storing(random), disk));
      }
      case "admin.remove", "admin.replace", "admin.transfer" -> {
        // Only a leader can hand its office over.
        String node = kind.equals("admin.transfer") ? "$leader" : victims.node(random);
        faults.add(new Fault.Admin(id(), from, lasting, node, kind.substring("admin.".length())));
      }
      case "disk.stall", "disk.full", "disk.corrupt", "disk.slow" ->
          faults.add(
              new Fault.Disk(
                  id(), from, lasting, storing(random), Magnitudes.trouble(kind, unit, random)));
      case "clock.step", "clock.rate", "clock.strobe", "clock.freeze" ->
          clock(kind, from, lasting, random);
      default -> link(kind, at, lasting, random);
    }
  }

  private String storing(RandomGenerator random) {
    return storing.get(random.nextInt(storing.size()));
  }

  /** Right after something telling happened: the first in the list is the most telling. */
  private Anchor onEvent(Duration at, Duration lasting, RandomGenerator random) {
    String event = anchors.get(random.nextInt(3) > 0 ? 0 : random.nextInt(anchors.size()));
    return on(event, at, lasting, random);
  }

  private Anchor on(String event, Duration after, Duration lasting, RandomGenerator random) {
    Duration plus = Duration.ofMillis(random.nextInt(20));
    return new Anchor.On(event, 1, plus, after, latest(after, lasting));
  }

  /** Till when to wait for an event: it may be one that only comes when something breaks. */
  private Duration latest(Duration at, Duration lasting) {
    long room = end - at.toNanos() - lasting.toNanos() - unit / 4;
    return at.plusNanos(Math.clamp(room, unit / 4, unit * 2));
  }

  private void partition(Anchor from, Duration lasting, RandomGenerator random) {
    List<String> nodes = victims.nodes();
    Mode mode =
        random.nextInt(4) == 0 ? Mode.REFUSE : random.nextInt(4) == 0 ? Mode.HOLD : Mode.DROP;
    int draw = random.nextInt(nodes.size() > 3 ? 8 : 6);
    Shape shape;
    Direction direction = Direction.BOTH;
    if (draw < 2) {
      shape = new Shape.Isolate(victims.telling(random));
    } else if (draw == 2) {
      shape = new Shape.Isolate(victims.telling(random));
      direction = random.nextBoolean() ? Direction.OUT : Direction.IN;
      mode = Mode.DROP;
    } else if (draw < 5 || nodes.size() < 3) {
      shape = victims.roles().size() > 1 ? betweenRoles(random) : Halves.random(nodes, random);
    } else if (draw == 5) {
      shape = Halves.split(nodes, victims.telling(random), random);
    } else if (draw == 6) {
      shape = new Shape.Bridge(victims.node(random));
    } else {
      shape = new Shape.Ring();
    }
    faults.add(new Fault.Partition(id(), from, lasting, shape, direction, mode));
  }

  /** One node of a role, or the one that matters, against all of another role. */
  private Shape betweenRoles(RandomGenerator random) {
    String one = victims.telling(random);
    return new Shape.Groups(List.of(List.of(one), List.of(victims.otherRole(one, random))));
  }

  private void clock(String kind, Anchor from, Duration lasting, RandomGenerator random) {
    long step = unit * 5 / 4 + part(unit * 5 / 4, random);
    Duration offset = nanos(random.nextBoolean() ? step : -step);
    String node = victims.node(random);
    Fault.Means means = Fault.Means.STEERED;
    switch (kind) {
      case "clock.step" ->
          faults.add(new Fault.Clock(id(), from, lasting, node, offset, 0, null, means));
      case "clock.freeze" ->
          faults.add(
              new Fault.Clock(id(), from, lasting, node, Duration.ZERO, 0, null, true, means));
      case "clock.strobe" ->
          faults.add(
              new Fault.Clock(
                  id(),
                  from,
                  lasting,
                  node,
                  offset,
                  0,
                  nanos(Math.max(unit / 4, 100_000_000)),
                  means));
      default -> {
        long least = Math.max(maxDriftPpm / 4, GAIN_LEAST * 1_000_000 / lasting.toNanos());
        long drift = least + part(maxDriftPpm - least, random);
        faults.add(
            new Fault.Clock(
                id(),
                from,
                lasting,
                node,
                Duration.ZERO,
                random.nextBoolean() ? drift : -drift,
                null,
                means));
      }
    }
  }

  private void link(String kind, Duration at, Duration lasting, RandomGenerator random) {
    if (kind.equals("link.latency") && kinds.contains("partition") && lateThenLost(random)) {
      late(at, lasting, random);
      return;
    }
    String source = victims.telling(random);
    // Not every pair of nodes talks, and where no message is sent none can be lost.
    List<String> targets = ofMessages(kind) ? List.of("*") : victims.linkTargets(source, random);
    Direction direction =
        switch (random.nextInt(3)) {
          case 0 -> Direction.OUT;
          case 1 -> Direction.IN;
          default -> Direction.BOTH;
        };
    Effect effect = Magnitudes.effect(kind, unit, random);
    for (String target : targets) {
      faults.add(
          new Fault.LinkFault(id(), new Anchor.At(at), lasting, source, target, direction, effect));
    }
  }

  private static boolean ofMessages(String kind) {
    return kind.equals("link.loss")
        || kind.equals("link.duplicate")
        || kind.equals("link.reorder")
        || kind.equals("link.corrupt");
  }

  private boolean lateThenLost(RandomGenerator random) {
    boolean first = faults.stream().noneMatch(f -> f instanceof Fault.LinkFault);
    return first || random.nextBoolean();
  }

  /**
   * Answers to a node come late, and then its requests are lost: who counts from the answer counts
   * wrong. Both faults must mean the same node, so both start from the same event.
   */
  private void late(Duration at, Duration lasting, RandomGenerator random) {
    String node = anchors.isEmpty() ? victims.node(random) : "$event";
    Effect effect = Effect.latency(nanos(unit / 4 + part(unit / 4, random)));
    Duration before = nanos(unit * 3 / 4);
    Duration latest = latest(at, lasting);
    for (String role : victims.otherRoles(node)) {
      faults.add(
          new Fault.LinkFault(
              id(), late(at, Duration.ZERO, latest), lasting, node, role, Direction.IN, effect));
    }
    faults.add(
        new Fault.Partition(
            id(),
            late(at, before, latest),
            lasting.minus(before),
            new Shape.Isolate(node),
            Direction.OUT,
            Mode.DROP));
  }

  private Anchor late(Duration at, Duration plus, Duration latest) {
    return anchors.isEmpty()
        ? new Anchor.At(at.plus(plus))
        : new Anchor.On(anchors.get(0), 1, plus, at, latest.plus(plus));
  }

  private String id() {
    return "f" + (faults.size() + 1);
  }

  private RandomGenerator random(String path) {
    return KeyedRandom.of(seed, "nemesis", path);
  }
}
