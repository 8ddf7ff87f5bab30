package dev.faultline.harness.search;

import dev.faultline.harness.run.Terrain;
import dev.faultline.spec.Anchor;
import dev.faultline.spec.Fault;
import dev.faultline.spec.Fault.Direction;
import dev.faultline.spec.Fault.Mode;
import dev.faultline.spec.Fault.Shape;
import dev.faultline.spec.FaultPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** A plan in the making, and the choices that all strategies share. */
final class Draft {
  /** Largest distance of a fault from its event, milliseconds. */
  private static final int OFFSET = 20;

  private static final int NTH = 4;

  private final Terrain terrain;
  private final RandomGenerator random;
  private final List<Fault> faults = new ArrayList<>();

  Draft(Terrain terrain, RandomGenerator random) {
    this.terrain = terrain;
    this.random = random;
  }

  FaultPlan plan() {
    return new FaultPlan(faults);
  }

  boolean isEmpty() {
    return faults.isEmpty();
  }

  boolean can(String kind) {
    return terrain.kinds().contains(kind);
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** Below the bound, the lower the likelier. */
  int low(int bound) {
    int one = random.nextInt(bound);
    return Math.min(one, random.nextInt(bound));
  }

  <T> T any(List<T> items) {
    return items.get(random.nextInt(items.size()));
  }

  List<String> nodes() {
    return List.copyOf(terrain.members().keySet());
  }

  /** Nodes in random order. */
  List<String> shuffled() {
    List<String> order = new ArrayList<>(terrain.members().keySet());
    for (int i = order.size() - 1; i > 0; i--) {
      java.util.Collections.swap(order, i, random.nextInt(i + 1));
    }
    return order;
  }

  /** Any node of any role, each role as likely as another. */
  String node() {
    List<String> roles = terrain.members().values().stream().distinct().toList();
    String role = any(roles);
    return any(nodes().stream().filter(n -> role.equals(terrain.members().get(n))).toList());
  }

  /** Who just did what the fault waits for, if it waits; or whom a selector means; or any. */
  String telling(Anchor anchor) {
    int draw = random.nextInt(10);
    if (anchor instanceof Anchor.On && draw < 6) {
      return "$event";
    }
    return draw < 8 && !terrain.selectors().isEmpty() ? any(terrain.selectors()) : node();
  }

  /** A time of the main phase that leaves a quarter of it for what comes of the fault. */
  Anchor at() {
    return new Anchor.At(part(0, 75));
  }

  /** Soon after an event; a time where no event is known. */
  Anchor onEvent() {
    List<String> seen = List.copyOf(terrain.events().keySet());
    List<String> told = terrain.anchors();
    if (seen.isEmpty() && told.isEmpty()) {
      return at();
    }
    String event =
        told.isEmpty() || (!seen.isEmpty() && chance(40))
            ? any(seen)
            : told.get(chance(60) ? 0 : random.nextInt(told.size()));
    return on(event);
  }

  /** Soon after one of the first occurrences of this event from some time on. */
  Anchor on(String event) {
    int most = Math.max(1, Math.min(NTH, terrain.events().getOrDefault(event, 1)));
    int nth = 1 + low(most);
    Duration plus = Duration.ofMillis(chance(40) ? 0 : random.nextInt(OFFSET + 1));
    return new Anchor.On(event, nth, plus, chance(50) ? Duration.ZERO : part(0, 50));
  }

  /** So much after the anchor, and still within the main phase. */
  Anchor later(Anchor anchor, Duration plus) {
    return switch (anchor) {
      case Anchor.At at -> {
        Duration last = terrain.time().minusMillis(1);
        Duration then = at.at().plus(plus);
        yield new Anchor.At(then.compareTo(last) < 0 ? then : last);
      }
      case Anchor.On on -> new Anchor.On(on.event(), on.nth(), on.plus().plus(plus), on.after());
    };
  }

  /** A share of the main phase, in whole milliseconds. */
  Duration part(int fromPercent, int toPercent) {
    long millis = terrain.time().toMillis();
    long from = millis * fromPercent / 100;
    long room = Math.max(1, millis * (toPercent - fromPercent) / 100);
    return Duration.ofMillis(from + random.nextLong(room));
  }

  /** So many hundredths of the time after which the target gives a node up. */
  Duration units(int fromPercent, int toPercent) {
    long millis = terrain.unit().toMillis();
    long from = millis * fromPercent / 100;
    return Duration.ofMillis(
        Math.max(1, from + random.nextLong(Math.max(1, millis * (toPercent - fromPercent) / 100))));
  }

  /** Shorter than anybody notices, about as long as that takes, or much longer. */
  Duration lasting() {
    return switch (random.nextInt(5)) {
      case 0 -> units(2, 20);
      case 1 -> units(40, 120);
      case 2, 3 -> units(120, 220);
      default -> units(200, 400);
    };
  }

  void kill(Anchor from, Duration lasting, String node) {
    faults.add(new Fault.Kill(id(), from, lasting, node));
  }

  void pause(Anchor from, Duration lasting, String node) {
    faults.add(new Fault.Pause(id(), from, lasting, node));
  }

  void cut(Anchor from, Duration lasting, Shape shape, Direction direction) {
    Mode mode =
        direction != Direction.BOTH || chance(70)
            ? Mode.DROP
            : chance(50) ? Mode.HOLD : Mode.REFUSE;
    faults.add(new Fault.Partition(id(), from, lasting, shape, direction, mode));
  }

  void slow(Anchor from, Duration lasting, String from1, String to, Direction way, Duration by) {
    faults.add(new Fault.LinkFault(id(), from, lasting, from1, to, way, Fault.Effect.latency(by)));
  }

  /** A fault made elsewhere, at another time. */
  void add(Fault fault, Anchor from, Duration lasting) {
    faults.add(fault.with(id(), from, lasting));
  }

  Direction direction() {
    return chance(60) ? Direction.BOTH : chance(50) ? Direction.OUT : Direction.IN;
  }

  private String id() {
    return "f" + (faults.size() + 1);
  }
}
