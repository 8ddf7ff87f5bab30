package dev.faultline.harness.judge;

import dev.faultline.harness.judge.FaultLog.Window;
import dev.faultline.harness.judge.Judgement.FaultRecord;
import dev.faultline.history.Entry;
import dev.faultline.history.Entry.Phase;
import dev.faultline.history.History;
import dev.faultline.json.Durations;
import dev.faultline.json.Json;
import dev.faultline.spec.Anchor;
import dev.faultline.spec.Fault;
import dev.faultline.spec.Shape;
import dev.faultline.spec.Unsynced;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One fault of the plan and what became of it.
 *
 * @param problem what did not happen as planned and what to change; null if all did
 * @param window when it was proven to be active; null if never
 * @param start the line of its start; null if it never started
 * @param unbounded in which way it may have been larger than planned; null if in none
 */
record FaultStory(
    Fault fault,
    FaultRecord record,
    @Nullable String problem,
    @Nullable Window window,
    Entry.@Nullable Fault start,
    @Nullable String unbounded) {
  /** A fault may last twice as long as planned and this, before that is more than was planned. */
  private static final Duration SLACK = Duration.ofSeconds(1);

  private static final Duration WORTH_TELLING = Duration.ofMillis(1);

  static FaultStory of(Fault fault, List<Entry.Fault> lines, History history, boolean cutOff) {
    return new Telling(fault, lines, history, cutOff).tell();
  }

  /** Reads the lines of one fault. */
  private static final class Telling {
    private final Fault fault;
    private final History history;
    private final boolean cutOff;
    private final Entry.@Nullable Fault start;
    private final Entry.@Nullable Fault effect;
    private final Entry.@Nullable Fault end;
    private final Entry.@Nullable Fault failed;

    Telling(Fault fault, List<Entry.Fault> lines, History history, boolean cutOff) {
      this.fault = fault;
      this.history = history;
      this.cutOff = cutOff;
      this.start = first(lines, Phase.START);
      this.effect = first(lines, Phase.EFFECT);
      this.end = first(lines, Phase.END);
      this.failed = first(lines, Phase.FAILED);
    }

    private static Entry.@Nullable Fault first(List<Entry.Fault> lines, Phase phase) {
      return lines.stream().filter(l -> l.phase() == phase).findFirst().orElse(null);
    }

    FaultStory tell() {
      if (start == null) {
        FaultRecord never = new FaultRecord(fault.id(), kind(), "", -1, -1, false, facts(failed));
        return new FaultStory(
            fault, never, cutOff && failed == null ? null : neverStarted(), null, null, null);
      }
      boolean proven = effect != null && failed == null && (end != null || cutOff);
      FaultRecord record =
          new FaultRecord(
              fault.id(),
              kind(),
              whom(start),
              start.time(),
              end == null ? -1 : end.time(),
              proven,
              receipt(start));
      long until = end == null ? history.duration() : end.time();
      String problem = proven ? null : unproven(start);
      Window window = effect == null ? null : new Window(start.time(), until);
      String unbounded = problem;
      long most = 2 * fault.lasting().toNanos() + SLACK.toNanos();
      long lasted = until - start.time() - lookedFor();
      if (proven && lasted > most) {
        unbounded =
            "%s lasted %s instead of %s; run it again on a machine with less load"
                .formatted(named(), seconds(lasted), planned());
      }
      return new FaultStory(fault, record, problem, window, start, unbounded);
    }

    /** How long it was over before that was proven. */
    private long lookedFor() {
      return end != null && end.value().get("backNanos") instanceof Number back
          ? back.longValue()
          : 0;
    }

    private String kind() {
      return String.join("+", fault.kinds());
    }

    private String planned() {
      return seconds(fault.lasting().toNanos());
    }

    private static String seconds(long nanos) {
      return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
    }

    private String named() {
      String whom = start == null ? asked(fault) : whom(start);
      return (fault.id() + " " + kind() + " " + whom).strip();
    }

    private static String whom(Entry.Fault start) {
      Object target = start.value().get("target");
      Object node = target == null ? start.value().get("node") : target;
      return node == null ? "" : node instanceof String s ? s : Json.write(node);
    }

    private String neverStarted() {
      Object why = failed == null ? null : failed.value().get("why");
      String because = why == null ? "" : ": " + why;
      return named()
          + " never started"
          + because
          + switch (fault.from()) {
            case Anchor.At at ->
                "; raise --time, or start it before "
                    + Durations.format(at.at())
                    + " and where its nodes are up";
            case Anchor.On on ->
                " (%d came); lower 'nth' or 'after', raise --time, or say a 'latest' time"
                    .formatted(occurrences(on));
          };
    }

    private long occurrences(Anchor.On on) {
      return history.nodeEvents().stream()
          .filter(e -> e.name().equals(on.event()) && e.time() >= on.after().toNanos())
          .count();
    }

    private String unproven(Entry.Fault start) {
      if (failed != null) {
        boolean ending = "end".equals(failed.value().get("phase"));
        return named()
            + (ending ? " has no proof that it ended: " : " has no receipt: ")
            + words(facts(failed))
            + "; "
            + remedy();
      }
      if (cutOff) {
        return "%s had not been proven when the run was cut off; judge what stands before it with --until %d"
            .formatted(
                named(), history.entries().stream().filter(e -> e.index() < start.index()).count());
      }
      return effect == null
          ? named() + " has no receipt: nothing in the history says that it took effect; run again"
          : named() + " has no proof that it ended: the history has no line for it; run again";
    }

    private String remedy() {
      return switch (fault) {
        case Fault.Partition p -> "make it longer, so that it can be probed, or raise --rate";
        case Fault.LinkFault l -> "make it longer or larger, so that it can be measured";
        case Fault.Pause p -> "see nodes/*/ and: faultline doctor";
        case Fault.Kill k ->
            k.disk() == Unsynced.KEEP_PREFIX
                ? "see nodes/*/ and: faultline doctor"
                : "kill a node that writes to its disk, at a time when it does";
        case Fault.Admin a -> "see nodes/*/ for what the system says of it";
        case Fault.Stop s -> "see nodes/*/ and: faultline doctor";
        case Fault.Disk d -> "choose a node that writes to its disk while the fault lasts";
        case Fault.Clock c -> "make it longer or larger, so that it can be measured";
      };
    }

    private Map<String, @Nullable Object> receipt(Entry.Fault start) {
      Map<String, @Nullable Object> receipt = new LinkedHashMap<>(facts(effect));
      if (start.value().get("lateNanos") instanceof Number late
          && late.longValue() >= WORTH_TELLING.toNanos()) {
        receipt.put("late", String.format(Locale.ROOT, "%.1f ms", late.longValue() / 1e6));
      }
      if (start.value().get("leaseNanos") instanceof Number lease) {
        receipt.put("lease", seconds(lease.longValue()));
      }
      if (failed != null) {
        Map<String, @Nullable Object> facts = facts(failed);
        if ("end".equals(failed.value().get("phase"))) {
          receipt.put("not ended", facts);
        } else {
          receipt.putAll(facts);
        }
      } else if (effect == null) {
        receipt.put("why", cutOff ? "the run was cut off before its proof" : "no proof recorded");
      }
      if (end != null && !end.value().isEmpty()) {
        receipt.put("end", facts(end));
      }
      return receipt;
    }

    private static Map<String, @Nullable Object> facts(Entry.@Nullable Fault line) {
      Map<String, @Nullable Object> facts = new LinkedHashMap<>();
      if (line != null) {
        facts.putAll(line.value());
        facts.remove("phase");
        facts.remove("backNanos");
      }
      return facts;
    }

    private static String words(Map<String, @Nullable Object> facts) {
      List<String> words = new ArrayList<>();
      facts.forEach((key, value) -> {
        String text = value instanceof String s ? s : Json.write(value);
        words.add(key.equals("why") ? text : key + " " + text);
      });
      return words.isEmpty() ? "nothing was seen" : String.join(", ", words);
    }
  }

  /** Whom the plan means, for people. */
  private static String asked(Fault fault) {
    return switch (fault) {
      case Fault.Partition p ->
          switch (p.shape()) {
            case Shape.Groups g ->
                String.join(
                    " | ", g.groups().stream().map(group -> String.join(", ", group)).toList());
            case Shape.Isolate i -> i.node();
            case Shape.Bridge b -> "bridge " + b.node();
            case Shape.Ring r -> "ring";
            case Shape.Split s ->
                (s.part().name().toLowerCase(Locale.ROOT) + " " + s.node()).strip();
            case Shape.Pairs pairs ->
                String.join(", ", pairs.pairs().stream().map(Object::toString).toList());
          };
      case Fault.LinkFault l -> l.source() + "→" + l.target();
      case Fault.Pause p -> p.node();
      case Fault.Kill k -> k.node();
      case Fault.Stop s -> s.node();
      case Fault.Clock c -> c.node();
      case Fault.Admin a -> a.action() + " " + a.node();
      case Fault.Disk d -> d.node();
    };
  }
}
