package dev.faultline.checker.objects;

import dev.faultline.checker.Property;
import dev.faultline.checker.Verdict;
import dev.faultline.checker.Witness;
import dev.faultline.history.Operation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event store, by aggregate (C-ES): {@code append {"expected": v, "event": e}} → the event's
 * version, {@code read} → {@code [[version, event], …]} from version 1. A version has one event
 * ({@code two-events}), a read leaves none out ({@code hole}), an append gets the version after the
 * one it expected ({@code not-next}), and of two that expected the same one fails ({@code
 * same-expected}).
 */
final class EventVersions {
  static final Property PROPERTY =
      new Property("events.versions", "each version of an aggregate is one event, and is next");

  private EventVersions() {}

  static EachKey checker() {
    return new EachKey(PROPERTY, List.of(), EventVersions::judge);
  }

  /** An event, and who showed it. */
  private record Shown(@Nullable Object event, Operation by) {}

  private static Verdict judge(List<Operation> ops) {
    Map<Long, Shown> events = new HashMap<>();
    Map<Long, Operation> expecting = new HashMap<>();
    long examined = 0;
    for (Operation op : ops) {
      Verdict wrong = null;
      List<LogEntry> entries = LogEntry.of(op);
      if (op.f().equals("append") && op.ok() && op.input() instanceof Map<?, ?> input) {
        examined++;
        Long expected = Told.number(input.get("expected"));
        Long version = Told.number(op.output());
        Operation other = expected == null ? null : expecting.putIfAbsent(expected, op);
        if (other != null) {
          return invalid(
              "same-expected", "Two appends expected one version, and both succeeded.", other, op);
        }
        if (expected != null && version != null && version != expected + 1) {
          String sentence =
              "An append that expected version %d got %d.".formatted(expected, version);
          return invalid("not-next", sentence, op);
        }
        Long at = version != null || expected == null ? version : (Long) (expected + 1);
        wrong = at == null ? null : event(events, at, input.get("event"), op);
      } else if (entries != null) {
        long next = 1;
        for (LogEntry entry : entries) {
          examined++;
          if (entry.offset() != next++) {
            return invalid(
                "hole",
                "A read shows version %d, where %d is next.".formatted(entry.offset(), next - 1),
                op);
          }
          wrong = wrong != null ? wrong : event(events, entry.offset(), entry.value(), op);
        }
      }
      if (wrong != null) {
        return wrong;
      }
    }
    return new Verdict.Valid(examined);
  }

  private static @Nullable Verdict event(
      Map<Long, Shown> events, long version, @Nullable Object event, Operation op) {
    Shown before = events.putIfAbsent(version, new Shown(Told.plain(event), op));
    return before == null || Objects.equals(before.event(), Told.plain(event))
        ? null
        : invalid(
            "two-events",
            "Version %d is %s, and %s."
                .formatted(version, Told.json(before.event()), Told.json(event)),
            before.by(),
            op);
  }

  private static Verdict invalid(String clause, String sentence, Operation... ops) {
    return new Verdict.Invalid(
        clause,
        new Witness(sentence, List.of(ops).stream().map(op -> Told.step(op, null)).toList()));
  }
}
