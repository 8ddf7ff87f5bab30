package dev.faultline.harness.search;

import dev.faultline.harness.run.Terrain;
import dev.faultline.spec.Anchor;
import dev.faultline.spec.Fault;
import dev.faultline.spec.Fault.Direction;
import dev.faultline.spec.Fault.Mode;
import dev.faultline.spec.FaultKinds;
import dev.faultline.spec.FaultPlan;
import dev.faultline.spec.Shape;
import dev.faultline.spec.Unsynced;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** A plan in the making, and the choices that all strategies share. */
final class Draft {
  private static final int NTH = 4;

  /** What the kit says of a node that begins. */
  private static final String STARTED = "started";

  private final Terrain terrain;
  private final RandomGenerator random;
  private final List<Fault> faults = new ArrayList<>();

  /** Largest distance of a fault from its event, milliseconds. */
  private int offset = 20;

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

  /** The kinds of death that can be. */
  List<String> kills() {
    return terrain.kinds().stream().filter(k -> FaultKinds.covers("kill", k)).toList();
  }

  /** The kind of death that loses most; there must be one. */
  String harshest() {
    return kills().contains("kill.lose-unsynced") ? "kill.lose-unsynced" : kills().get(0);
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

  /** Few nodes, or half of them, and the rest. */
  Shape minority() {
    List<String> order = shuffled();
    int few = 1 + random.nextInt(Math.max(1, order.size() / 2));
    return new Shape.Groups(List.of(order.subList(0, few), order.subList(few, order.size())));
  }

  /** Who just did what the fault waits for, if it waits; or whom a selector means; or any. */
  String telling(Anchor anchor) {
    int draw = random.nextInt(10);
    if (anchor instanceof Anchor.On && draw < 7) {
      return "$event";
    }
    return draw < 9 && !terrain.selectors().isEmpty() ? any(terrain.selectors()) : node();
  }

  /** A time of the main phase that leaves half of it for what comes of the fault. */
  Anchor at() {
    return new Anchor.At(part(0, 50));
  }

  /**
   * Soon after an event that comes by itself, such as one that was seen; a time where there is
   * none.
   */
  Anchor onEvent() {
    Duration last = part(50, 51);
    List<String> names = terrain.events().keySet().stream().filter(this::comesAgain).toList();
    if (names.isEmpty()) {
      return at();
    }
    List<String> told = terrain.anchors().stream().filter(names::contains).toList();
    String event = !told.isEmpty() && chance(40) ? any(told) : any(names);
    List<Duration> times =
        terrain.events().getOrDefault(event, List.of()).stream()
            .filter(t -> t.compareTo(last) < 0)
            .toList();
    int which = chance(30) ? low(times.size()) : random.nextInt(times.size());
    int nth = 1 + low(Math.min(NTH, which + 1));
    Duration after =
        which + 1 == nth ? Duration.ZERO : Duration.ofMillis(times.get(which + 1 - nth).toMillis());
    return new Anchor.On(event, nth, soon(), after);
  }

  /** Right after the event that the target calls most telling, from some time on; or at a time. */
  Anchor onTelling() {
    return terrain.anchors().isEmpty()
        ? at()
        : new Anchor.On(terrain.anchors().get(0), 1, Duration.ZERO, part(0, 50));
  }

  /** Soon after an event that may come of the fault before, or a while after that fault. */
  Anchor after(Anchor before) {
    Duration then = within(moment(before));
    List<String> names = new ArrayList<>(terrain.events().keySet());
    names.addAll(terrain.anchors());
    if (faults.stream().noneMatch(f -> f instanceof Fault.Kill)) {
      names.removeIf(STARTED::equals);
    }
    if (names.isEmpty() || chance(15)) {
      return later(new Anchor.At(then), units(2, 150));
    }
    // What does not come by itself tells that the system reacts.
    List<String> reactions = names.stream().filter(e -> !comesAgain(e)).toList();
    String event = !reactions.isEmpty() && chance(60) ? any(reactions) : any(names);
    int nth = 1 + low(chance(60) ? 1 : NTH);
    return new Anchor.On(event, nth, soon(), chance(70) ? then : within(then.plus(units(2, 100))));
  }

  /** Whether an event comes again and again without any fault. */
  private boolean comesAgain(String event) {
    List<Duration> times = terrain.events().getOrDefault(event, List.of());
    return times.size() > 2 && times.get(times.size() - 1).compareTo(part(60, 61)) > 0;
  }

  /**
   * The next time that something telling happens from some time on: in half of the cases what comes
   * only as a reaction, such as an election; a time where no event is known.
   */
  Anchor next(Duration after) {
    List<String> reactions =
        terrain.events().keySet().stream()
            .filter(e -> !comesAgain(e) && !e.equals(STARTED))
            .toList();
    List<String> names = reactions.isEmpty() || chance(50) ? terrain.anchors() : reactions;
    if (names.isEmpty()) {
      return at();
    }
    Duration plus = chance(70) ? Duration.ZERO : soon();
    return new Anchor.On(any(names), 1, plus, within(after));
  }

  /** Whom a selector means, or any node. */
  String leading() {
    return terrain.selectors().isEmpty() ? node() : any(terrain.selectors());
  }

  /** Whether there is time left for what comes of a fault there. */
  boolean room(Anchor anchor) {
    return moment(anchor).compareTo(part(85, 86)) < 0;
  }

  private Duration within(Duration time) {
    Duration last = terrain.time().minusMillis(1);
    return time.compareTo(last) < 0 ? time : last;
  }

  /** When an anchor comes, as far as can be told before. */
  private Duration moment(Anchor anchor) {
    return switch (anchor) {
      case Anchor.At at -> at.at();
      case Anchor.On on ->
          terrain.events().getOrDefault(on.event(), List.of()).stream()
              .filter(t -> t.compareTo(on.after()) >= 0)
              .skip(on.nth() - 1L)
              .findFirst()
              .map(t -> Duration.ofMillis(t.plus(on.plus()).toMillis()))
              .orElse(on.after());
    };
  }

  private Duration soon() {
    return Duration.ofMillis(chance(40) ? 0 : random.nextInt(offset + 1));
  }

  /** So much after the anchor, and still within the main phase. */
  Anchor later(Anchor anchor, Duration plus) {
    return switch (anchor) {
      case Anchor.At at -> new Anchor.At(within(at.at().plus(plus)));
      case Anchor.On on -> on.later(plus);
    };
  }

  /** A share of the main phase, in whole milliseconds. */
  Duration part(int fromPercent, int toPercent) {
    long millis = terrain.time().toMillis();
    long from = millis * fromPercent / 100;
    long room = Math.max(1, millis * (toPercent - fromPercent) / 100);
    return Duration.ofMillis(from + random.nextLong(room));
  }

  /** A kind that can be, the kinds that break most systems more often. */
  String kind() {
    int sum = terrain.kinds().stream().mapToInt(Draft::weight).sum();
    int draw = random.nextInt(sum);
    for (String kind : terrain.kinds()) {
      draw -= weight(kind);
      if (draw < 0) {
        return kind;
      }
    }
    return terrain.kinds().get(0);
  }

  private static int weight(String kind) {
    return switch (kind) {
      case "partition" -> 30;
      case "pause" -> 15;
      case "kill" -> 14;
      case "kill.lose-unsynced" -> 10;
      case "clock.step", "link.latency" -> 6;
      case "kill.torn", "clock.rate" -> 3;
      default -> 2;
    };
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

  /**
   * One node; or several die at once. What was not synced is lost only where something is written.
   */
  void kill(Anchor from, String kind) {
    Duration down = chance(50) ? units(2, 30) : lasting();
    List<String> order = shuffled();
    int draw = random.nextInt(10);
    List<String> victims =
        draw < 7
            ? List.of(telling(from))
            : order.subList(0, draw < 9 ? order.size() : 1 + random.nextInt(order.size()));
    kill(from, down, victims, kind);
  }

  /** All die at once, and are soon back. */
  void killAll(Anchor from, String kind) {
    kill(from, units(2, 30), nodes(), kind);
  }

  void kill(Anchor from, Duration down, List<String> victims, String kind) {
    for (String node : victims) {
      faults.add(
          new Fault.Kill(
              id(), from, down, node, writes(node) ? unsynced(kind) : Unsynced.KEEP_PREFIX));
    }
  }

  /** Whether a node does; whether all do, if only the run tells which one is meant. */
  private boolean writes(String node) {
    return node.startsWith("$")
        ? terrain.writers().size() == terrain.members().size()
        : terrain.writers().contains(node);
  }

  private static Unsynced unsynced(String kind) {
    return switch (kind) {
      case "kill.lose-unsynced" -> Unsynced.LOSE;
      case "kill.torn" -> Unsynced.TORN;
      case "kill.wipe" -> Unsynced.WIPE;
      default -> Unsynced.KEEP_PREFIX;
    };
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

  void drop(Anchor from, Duration lasting, Shape shape, Direction direction) {
    faults.add(new Fault.Partition(id(), from, lasting, shape, direction, Mode.DROP));
  }

  /**
   * Makes messages late. If one end is whom a selector means, that may be the other end itself, so
   * all nodes of its role are meant.
   */
  void slow(Anchor from, Duration lasting, String one, String other, Direction way, Duration by) {
    String role = terrain.members().get(other);
    String far = one.startsWith("$") && role != null ? "role:" + role : other;
    faults.add(new Fault.LinkFault(id(), from, lasting, one, far, way, Fault.Effect.latency(by)));
  }

  /** What other nodes, of the other roles if there are any, send to one comes late. */
  void slowAnswers(Anchor from, Duration lasting, String node, Duration by) {
    List<String> roles = new ArrayList<>(terrain.members().values().stream().distinct().toList());
    if (roles.size() > 1) {
      roles.remove(terrain.members().getOrDefault(node, node.replace("$", "")));
    }
    for (String role : roles) {
      slow(from, lasting, node, "role:" + role, Direction.IN, by);
    }
  }

  /** All messages between nodes take long, so that more happens between one step and the next. */
  void slowAll() {
    Duration by = units(2, 12);
    offset = Math.max(offset, 2 * Math.toIntExact(by.toMillis()));
    for (String role : terrain.members().values().stream().distinct().toList()) {
      slow(new Anchor.At(Duration.ZERO), terrain.time(), "*", "role:" + role, Direction.OUT, by);
    }
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
