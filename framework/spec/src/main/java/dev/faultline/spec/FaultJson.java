package dev.faultline.spec;

import dev.faultline.json.Durations;
import dev.faultline.json.JsonException;
import dev.faultline.json.JsonView;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Faults to JSON and back; {@code docs/plans.md} is the reference for people. */
final class FaultJson {
  private static final Set<String> COMMON =
      Set.of("id", "do", "from", "for", "resolved", "executedAt", "lateBy", "receipts", "result");

  private static final List<String> KNOWN =
      List.of("partition", "link", "pause", "kill", "stop", "clock", "disk", "admin");

  /** A probe must be longer, and shorter than the longest message. */
  private static final long MOST_BYTES = 1_000_000;

  private FaultJson() {}

  static Map<String, @Nullable Object> write(Fault fault) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("id", fault.id());
    switch (fault) {
      case Fault.Partition p -> {
        map.put("do", "partition");
        ShapeJson.write(p.shape(), map);
        map.put("direction", word(p.direction()));
        map.put("mode", word(p.mode()));
      }
      case Fault.LinkFault l -> {
        map.put("do", "link");
        map.put("source", l.source());
        map.put("target", l.target());
        map.put("direction", word(l.direction()));
        effect(l.effect(), map);
      }
      case Fault.Pause p -> {
        map.put("do", "pause");
        map.put("node", p.node());
      }
      case Fault.Kill k -> {
        map.put("do", "kill");
        map.put("node", k.node());
        if (k.disk() != Unsynced.KEEP_PREFIX) {
          map.put("disk", unsynced(k.disk()));
        }
      }
      case Fault.Admin a -> {
        map.put("do", "admin");
        map.put("action", a.action());
        map.put("node", a.node());
      }
      case Fault.Stop s -> {
        map.put("do", "stop");
        map.put("node", s.node());
      }
      case Fault.Disk d -> {
        map.put("do", "disk");
        map.put("node", d.node());
        trouble(d.trouble(), map);
      }
      case Fault.Clock c -> {
        map.put("do", "clock");
        map.put("node", c.node());
        if (c.freeze()) {
          map.put("freeze", true);
        } else {
          map.put("offset", Durations.format(c.offset()));
          map.put("drift", c.driftPpm() + "ppm");
        }
        if (c.strobe() != null) {
          map.put("strobe", Durations.format(c.strobe()));
        }
        map.put("means", word(c.means()));
      }
    }
    map.put("from", fault.from().toJson());
    map.put("for", Durations.format(fault.lasting()));
    return map;
  }

  private static void effect(Fault.Effect effect, Map<String, @Nullable Object> map) {
    if (!effect.latency().isZero()) {
      map.put("latency", Durations.format(effect.latency()));
    }
    if (!effect.jitter().isZero()) {
      map.put("jitter", Durations.format(effect.jitter()));
    }
    if (effect.bandwidthKBps() > 0) {
      map.put("bandwidth", effect.bandwidthKBps());
    }
    if (effect.reset()) {
      map.put("reset", true);
    }
    if (effect.hang()) {
      map.put("hang", true);
    }
    if (!effect.slowClose().isZero()) {
      map.put("slow-close", Durations.format(effect.slowClose()));
    }
    if (effect.lossPercent() > 0) {
      map.put("loss", (long) effect.lossPercent());
    }
    if (effect.duplicatePercent() > 0) {
      map.put("duplicate", (long) effect.duplicatePercent());
    }
    if (!effect.reorder().isZero()) {
      map.put("reorder", Durations.format(effect.reorder()));
    }
    if (effect.resetAfterBytes() > 0) {
      map.put("reset-after", effect.resetAfterBytes());
    }
    if (effect.sliceBytes() > 0) {
      map.put("slice", (long) effect.sliceBytes());
    }
    if (effect.corruptPercent() > 0) {
      map.put("corrupt", (long) effect.corruptPercent());
    }
  }

  private static void trouble(Trouble trouble, Map<String, @Nullable Object> map) {
    if (trouble.stall()) {
      map.put("stall", true);
    }
    if (trouble.full()) {
      map.put("full", true);
    }
    if (trouble.corrupt()) {
      map.put("corrupt", true);
    }
    if (!trouble.slow().isZero()) {
      map.put("slow", Durations.format(trouble.slow()));
    }
  }

  static Fault read(JsonView view, String defaultId) {
    JsonView named = view.find("id");
    String id = named == null ? defaultId : named.string();
    String what = view.get("do").string();
    if (!KNOWN.contains(what)) {
      throw view.error("no fault '" + what + "'; known: " + String.join(", ", KNOWN));
    }
    Anchor from = Anchor.fromJson(view.get("from"));
    Duration lasting = view.get("for").duration();
    if (lasting.isNegative() || lasting.isZero()) {
      throw view.error("'for' must be longer than 0, found " + Durations.format(lasting));
    }
    return switch (what) {
      case "partition" -> partition(view, id, from, lasting);
      case "link" -> link(view, id, from, lasting);
      case "pause" -> {
        only(view, "node");
        yield new Fault.Pause(id, from, lasting, view.get("node").string());
      }
      case "kill" -> {
        only(view, "node", "disk");
        yield new Fault.Kill(id, from, lasting, view.get("node").string(), unsynced(view));
      }
      case "stop" -> {
        only(view, "node");
        yield new Fault.Stop(id, from, lasting, view.get("node").string());
      }
      case "disk" -> disk(view, id, from, lasting);
      case "admin" -> admin(view, id, from, lasting);
      default -> clock(view, id, from, lasting);
    };
  }

  private static String unsynced(Unsynced unsynced) {
    return unsynced == Unsynced.LOSE ? "lose-unsynced" : word(unsynced);
  }

  private static Unsynced unsynced(JsonView view) {
    JsonView disk = view.find("disk");
    String asked = disk == null ? word(Unsynced.KEEP_PREFIX) : disk.string();
    List<Unsynced> all = List.of(Unsynced.values());
    return all.stream()
        .filter(value -> unsynced(value).equals(asked))
        .findFirst()
        .orElseThrow(() ->
            view.error(
                "no disk '%s'; known: %s"
                    .formatted(
                        asked, String.join(", ", all.stream().map(FaultJson::unsynced).toList()))));
  }

  private static Fault admin(JsonView view, String id, Anchor from, Duration lasting) {
    only(view, "node", "action");
    String action = view.get("action").string();
    List<String> known =
        FaultKinds.expand("admin").stream().map(kind -> kind.substring("admin.".length())).toList();
    if (!known.contains(action)) {
      throw view.error("no action '" + action + "'; known: " + String.join(", ", known));
    }
    return new Fault.Admin(id, from, lasting, view.get("node").string(), action);
  }

  private static Fault disk(JsonView view, String id, Anchor from, Duration lasting) {
    only(view, "node", "stall", "full", "corrupt", "slow");
    Trouble trouble =
        new Trouble(
            flag(view, "stall"), flag(view, "full"), flag(view, "corrupt"), duration(view, "slow"));
    if (trouble.equals(Trouble.NONE)) {
      throw view.error("a disk fault needs one of stall, full, corrupt, slow");
    }
    return new Fault.Disk(id, from, lasting, view.get("node").string(), trouble);
  }

  private static Fault partition(JsonView view, String id, Anchor from, Duration lasting) {
    only(
        view,
        "groups",
        "isolate",
        "bridge",
        "ring",
        "pairs",
        "halves",
        "minority",
        "majority",
        "of",
        "direction",
        "mode");
    Fault.Direction direction =
        word(Fault.Direction.class, view, "direction", Fault.Direction.BOTH);
    Fault.Mode mode = word(Fault.Mode.class, view, "mode", Fault.Mode.DROP);
    if (direction != Fault.Direction.BOTH && mode == Fault.Mode.REFUSE) {
      throw view.error("a one-way cut cannot refuse connections; use mode drop or hold");
    }
    return new Fault.Partition(id, from, lasting, ShapeJson.read(view), direction, mode);
  }

  private static Fault link(JsonView view, String id, Anchor from, Duration lasting) {
    only(
        view,
        "source",
        "target",
        "direction",
        "latency",
        "jitter",
        "bandwidth",
        "reset",
        "hang",
        "slow-close",
        "loss",
        "duplicate",
        "reorder",
        "reset-after",
        "slice",
        "corrupt");
    JsonView bandwidth = view.find("bandwidth");
    Fault.Effect effect =
        new Fault.Effect(
            duration(view, "latency"),
            duration(view, "jitter"),
            bandwidth == null ? 0 : bandwidth.integer(),
            flag(view, "reset"),
            flag(view, "hang"),
            duration(view, "slow-close"),
            percent(view, "loss"),
            percent(view, "duplicate"),
            duration(view, "reorder"),
            bytes(view, "reset-after"),
            (int) bytes(view, "slice"),
            percent(view, "corrupt"));
    if (effect.equals(Fault.Effect.NONE)) {
      throw view.error(
          "a link fault needs one of latency, jitter, bandwidth, reset, hang, slow-close, loss,"
              + " duplicate, reorder, reset-after, slice, corrupt");
    }
    return new Fault.LinkFault(
        id,
        from,
        lasting,
        view.get("source").string(),
        view.get("target").string(),
        word(Fault.Direction.class, view, "direction", Fault.Direction.OUT),
        effect);
  }

  private static Fault clock(JsonView view, String id, Anchor from, Duration lasting) {
    only(view, "node", "offset", "drift", "strobe", "freeze", "means");
    JsonView strobe = view.find("strobe");
    try {
      Fault.Clock clock =
          new Fault.Clock(
              id,
              from,
              lasting,
              view.get("node").string(),
              duration(view, "offset"),
              ppm(view),
              strobe == null ? null : strobe.duration(),
              flag(view, "freeze"),
              word(Fault.Means.class, view, "means", Fault.Means.STEERED));
      if (clock.kinds().isEmpty() || (strobe != null && clock.offset().isZero())) {
        throw view.error(
            "a clock fault needs an offset, a drift or freeze; a strobe needs an offset");
      }
      return clock;
    } catch (IllegalArgumentException e) {
      throw view.error(String.valueOf(e.getMessage()));
    }
  }

  private static long ppm(JsonView view) {
    JsonView drift = view.find("drift");
    if (drift == null) {
      return 0;
    }
    String text = drift.string();
    if (!text.matches("[+-]?\\d{1,9}ppm")) {
      throw drift.error("'" + text + "' is not a rate error; write for instance 20000ppm");
    }
    return Long.parseLong(text.replace("ppm", ""));
  }

  private static Duration duration(JsonView view, String name) {
    JsonView member = view.find(name);
    return member == null ? Duration.ZERO : member.duration();
  }

  private static long bytes(JsonView view, String name) {
    JsonView member = view.find(name);
    if (member == null) {
      return 0;
    }
    long bytes = member.integer();
    if (bytes < 1 || bytes > MOST_BYTES) {
      throw member.error(
          "'%s' is a number of bytes from 1 to %d, found %d".formatted(name, MOST_BYTES, bytes));
    }
    return bytes;
  }

  private static int percent(JsonView view, String name) {
    JsonView member = view.find(name);
    if (member == null) {
      return 0;
    }
    long percent = member.integer();
    if (percent < 1 || percent > 100) {
      throw member.error("a share is a whole number of percent from 1 to 100, found " + percent);
    }
    return (int) percent;
  }

  private static boolean flag(JsonView view, String name) {
    JsonView member = view.find(name);
    return member != null && member.bool();
  }

  static void only(JsonView view, String... own) {
    Set<String> known = new TreeSet<>(COMMON);
    known.addAll(List.of(own));
    view.only(known);
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static <E extends Enum<E>> E word(Class<E> type, JsonView view, String name, E absent) {
    JsonView member = view.find(name);
    if (member == null) {
      return absent;
    }
    for (E value : type.getEnumConstants()) {
      if (word(value).equals(member.string())) {
        return value;
      }
    }
    List<String> known =
        java.util.Arrays.stream(type.getEnumConstants()).map(FaultJson::word).toList();
    throw new JsonException(
        member.place() + ": unknown '" + member.string() + "'; known: " + String.join(", ", known));
  }
}
