package dev.faultline.checker.objects;

import dev.faultline.checker.Property;
import dev.faultline.checker.Verdict;
import dev.faultline.checker.Witness;
import dev.faultline.history.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A view made from a log (C-PROJ): {@code append} value → its offset from 0 and {@code read} →
 * {@code [[offset, value], …]} of the log, and {@code query} (the least position that it must show,
 * or nothing) → {@code {"position": p, "state": s}}, where p is how many entries are in it. {@link
 * #FAITHFUL}: the state is made of the first p entries, each once and in order: the list of them,
 * or their sum ({@code not-the-fold}). {@link #POSITION}: a session's queries do not go back
 * ({@code backwards}) and show what they asked for ({@code before-token}).
 */
final class Projection {
  static final Property FAITHFUL =
      new Property("projection.faithful", "a view is what the log makes of it, up to its position");
  static final Property POSITION =
      new Property(
          "projection.position", "a session's view does not go back, nor behind its token");

  private Projection() {}

  static EachKey faithful() {
    return new EachKey(FAITHFUL, List.of(), Projection::fold);
  }

  static EachKey position() {
    return new EachKey(POSITION, List.of(), Projection::positions);
  }

  private static @Nullable Long position(Operation op) {
    return op.f().equals("query") && op.ok() && op.output() instanceof Map<?, ?> view
        ? Told.number(view.get("position"))
        : null;
  }

  private static Verdict fold(List<Operation> ops) {
    TreeMap<Long, @Nullable Object> log = new TreeMap<>();
    for (Operation op : ops) {
      List<LogEntry> entries = LogEntry.of(op);
      Long offset = op.f().equals("append") && op.ok() ? Told.number(op.output()) : null;
      if (offset != null) {
        log.put(offset, Told.plain(op.input()));
      }
      for (LogEntry entry : entries == null ? List.<LogEntry>of() : entries) {
        log.put(entry.offset(), entry.value());
      }
    }
    // How many entries are known without a hole.
    List<@Nullable Object> known = new ArrayList<>();
    log.forEach((offset, value) -> {
      if (offset == known.size()) {
        known.add(value);
      }
    });
    long examined = 0;
    for (Operation op : ops) {
      Long position = position(op);
      if (position == null || position > known.size()) {
        continue;
      }
      if (!(op.output() instanceof Map<?, ?> view)
          || !(view.get("state") instanceof List<?> || Told.number(view.get("state")) != null)) {
        return new Verdict.Unknown(
            "the state of a view is neither a list nor a number",
            "answer what was applied as a list, or its sum");
      }
      examined++;
      List<@Nullable Object> entries = known.subList(0, (int) Math.max(0, position));
      if (position < 0 || !isFold(view.get("state"), entries)) {
        String sentence =
            "A view at position %d shows %s, and the log makes %s of it."
                .formatted(position, Told.json(view.get("state")), Told.json(entries));
        return invalid("not-the-fold", sentence, op);
      }
    }
    return new Verdict.Valid(examined);
  }

  private static boolean isFold(@Nullable Object state, List<@Nullable Object> entries) {
    if (state instanceof List<?> list) {
      List<@Nullable Object> plain = new ArrayList<>();
      list.forEach(value -> plain.add(Told.plain(value)));
      return plain.equals(entries);
    }
    long sum = 0;
    for (Object entry : entries) {
      Long n = Told.number(entry);
      sum += n == null ? 0 : n;
    }
    return Objects.equals(Told.number(state), sum);
  }

  private static Verdict positions(List<Operation> ops) {
    Map<String, Operation> last = new HashMap<>();
    long examined = 0;
    for (Operation op : ops) {
      Long position = position(op);
      if (position == null) {
        continue;
      }
      examined++;
      Long token = Told.number(op.input());
      if (token != null && position < token) {
        String sentence =
            "A view at position %d answers a query for %d.".formatted(position, token);
        return invalid("before-token", sentence, op);
      }
      String session = op.client() != null ? op.client() : "process " + op.process();
      Operation before = last.get(session);
      Long known = before == null ? null : position(before);
      if (before != null && known != null && before.precedes(op) && position < known) {
        String sentence = "%s saw position %d, and then %d.".formatted(session, known, position);
        return invalid("backwards", sentence, before, op);
      }
      if (known == null || position >= known) {
        last.put(session, op);
      }
    }
    return new Verdict.Valid(examined);
  }

  private static Verdict invalid(String clause, String sentence, Operation... ops) {
    return new Verdict.Invalid(
        clause,
        new Witness(sentence, List.of(ops).stream().map(op -> Told.step(op, null)).toList()));
  }
}
