package dev.faultline.checker.rules;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Checker;
import dev.faultline.checker.Planting;
import dev.faultline.checker.Property;
import dev.faultline.checker.Verdict;
import dev.faultline.checker.Witness;
import dev.faultline.history.History;
import dev.faultline.history.Operation;
import dev.faultline.history.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The protected resource takes no older token after a newer one (SB-3, C-FENCE), in its own order
 * of acceptance: positions, not the clients' time, to which a delayed stale write is concurrent.
 *
 * <p>Violated when tokens decrease in the log that a read showed, or over the positions that writes
 * were acknowledged at; when two acknowledged writes share a position; or when an acknowledged
 * (position, token, payload) is not in a read invoked after its return, or something else stands
 * there in any read. Unknown without an {@code ok} read after the last acknowledged write, unless a
 * violation is visible already.
 */
final class ResourceOrder implements Checker {
  static final Property PROPERTY =
      new Property("fence.resource-order", "the resource takes no older token after a newer one");

  @Override
  public Property property() {
    return PROPERTY;
  }

  @Override
  public List<Planting> plantings() {
    return Plantings.LOG;
  }

  @Override
  public Verdict check(History history, Budget budget) {
    List<Operation> acks =
        history.operations(op ->
            op.ok()
                && op.f().equals("write")
                && Shown.number(op.output(), "token") != null
                && Shown.number(op.output(), "position") != null);
    Story story = new Story(history);
    Verdict bad = acknowledged(acks, story);
    if (bad != null) {
      return bad;
    }
    long examined = 0;
    boolean covered = acks.isEmpty();
    List<Operation> reads = Row.reads(history);
    try {
      for (Operation read : reads) {
        List<Row> rows = Row.of(read);
        bad = decreasing(rows, read, story);
        for (Operation ack : acks) {
          bad = bad == null ? missing(ack, read, rows, story) : bad;
        }
        if (bad != null) {
          return bad;
        }
        examined = Math.max(examined, rows.size());
        covered |= acks.stream().allMatch(ack -> ack.precedes(read));
      }
    } catch (IllegalArgumentException e) {
      return new Verdict.Unknown(
          String.valueOf(e.getMessage()), "mend the client, and check the history again");
    }
    if (reads.isEmpty() || !covered) {
      return new Verdict.Unknown(
          "no ok read of the log after the last acknowledged write (%d acknowledged, in order so far)"
              .formatted(acks.size()),
          "end the run with a read of the log, after everything is healed");
    }
    return new Verdict.Valid(examined);
  }

  private static long token(Operation ack) {
    return Objects.requireNonNull(Shown.number(ack.output(), "token"));
  }

  private static long position(Operation ack) {
    return Objects.requireNonNull(Shown.number(ack.output(), "position"));
  }

  private static @Nullable Verdict acknowledged(List<Operation> acks, Story story) {
    TreeMap<Long, Operation> byPosition = new TreeMap<>();
    for (Operation ack : acks) {
      Operation other = byPosition.putIfAbsent(position(ack), ack);
      if (other != null) {
        return new Verdict.Invalid(
            "position-twice",
            new Witness(
                "Two writes were acknowledged at position %d.".formatted(position(ack)),
                List.of(Shown.step(other, null), Shown.step(ack, "the same position once more"))));
      }
    }
    Operation before = null;
    for (Operation ack : byPosition.values()) {
      if (before != null && token(ack) < token(before)) {
        return older(story, before.input(), token(before), ack.input(), token(ack), List.of());
      }
      before = ack;
    }
    return null;
  }

  private static @Nullable Verdict decreasing(List<Row> rows, Operation read, Story story) {
    for (int i = 1; i < rows.size(); i++) {
      Row newer = rows.get(i - 1);
      Row older = rows.get(i);
      if (older.token() < newer.token()) {
        List<Witness.Step> shown = new ArrayList<>();
        for (Row row : List.of(newer, older)) {
          if (!story.acknowledges(row)) {
            String remark = row.equals(older) ? Story.OLDER : null;
            shown.add(
                new Witness.Step(
                    read.returned(),
                    read.invokeTime(),
                    read.returnTime(),
                    read.node() == null ? "log" : read.node(),
                    "shows " + row.text(),
                    remark));
          }
        }
        return older(story, newer.payload(), newer.token(), older.payload(), older.token(), shown);
      }
    }
    return null;
  }

  private static Verdict older(
      Story story,
      @Nullable Object newerPayload,
      long newer,
      @Nullable Object olderPayload,
      long older,
      List<Witness.Step> shown) {
    List<Witness.Step> steps = new ArrayList<>();
    story.grant(older, steps);
    story.grant(newer, steps);
    story.write(newerPayload, null, steps);
    story.write(olderPayload, shown.isEmpty() ? Story.OLDER : null, steps);
    steps.sort(Comparator.comparingLong(Witness.Step::index));
    steps.addAll(shown);
    return new Verdict.Invalid(
        "older-token",
        new Witness(
            "The log took a write with token %d after it had taken one with token %d."
                .formatted(older, newer),
            steps));
  }

  private static @Nullable Verdict missing(
      Operation ack, Operation read, List<Row> rows, Story story) {
    long position = position(ack);
    Row row = position >= 0 && position < rows.size() ? rows.get((int) position) : null;
    if (row == null && !ack.precedes(read)) {
      return null;
    }
    if (row != null && row.token() == token(ack) && Objects.equals(row.payload(), ack.input())) {
      return null;
    }
    String found = row == null ? "the log ends at position " + rows.size() : "shows " + row.text();
    List<Witness.Step> steps = new ArrayList<>();
    steps.add(Shown.step(ack, null));
    if (row != null) {
      story.write(row.payload(), null, steps);
    }
    steps.sort(Comparator.comparingLong(Witness.Step::index));
    steps.add(
        new Witness.Step(
            read.returned(),
            read.invokeTime(),
            read.returnTime(),
            read.node() == null ? "log" : read.node(),
            "read: " + found,
            "the acknowledged write is not there"));
    return new Verdict.Invalid(
        "acknowledged-missing",
        new Witness(
            "A write acknowledged at position %d with token %d is not there when the log is read."
                .formatted(position, token(ack)),
            steps));
  }

  /** Finds the operations behind tokens and payloads, for the witness. */
  private static final class Story {
    static final String OLDER = "older token after a newer one";

    private final Map<Long, Sighting> grants = new HashMap<>();
    private final Map<@Nullable Object, Operation> writes = new HashMap<>();

    Story(History history) {
      for (Sighting sighting : Sighting.all(history)) {
        Operation op = sighting.op();
        if (op == null || op.f().equals("acquire")) {
          grants.merge(sighting.token(), sighting, (a, b) -> a.op() != null ? a : b);
        }
      }
      for (Operation op : history.operations()) {
        if (op.f().equals("write") && op.outcome() != Outcome.FAIL) {
          writes.putIfAbsent(op.input(), op);
        }
      }
    }

    void grant(long token, List<Witness.Step> steps) {
      Sighting grant = grants.get(token);
      if (grant != null) {
        steps.add(grant.step(null));
      }
    }

    void write(@Nullable Object payload, @Nullable String remark, List<Witness.Step> steps) {
      Operation write = writes.get(payload);
      if (write != null && steps.stream().noneMatch(s -> s.index() == write.invoked())) {
        steps.add(Shown.step(write, remark));
      }
    }

    boolean acknowledges(Row row) {
      Operation write = writes.get(row.payload());
      return write != null
          && write.ok()
          && Objects.equals(Shown.number(write.output(), "token"), row.token())
          && Objects.equals(Shown.number(write.output(), "position"), (long) row.position());
    }
  }
}
