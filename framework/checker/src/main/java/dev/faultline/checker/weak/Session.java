package dev.faultline.checker.weak;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Checker;
import dev.faultline.checker.Property;
import dev.faultline.checker.Verdict;
import dev.faultline.checker.Witness;
import dev.faultline.checker.objects.Told;
import dev.faultline.history.History;
import dev.faultline.history.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a session may rely on (Terry et al., "Session Guarantees for Weakly Consistent Replicated
 * Data", 1994), for registers by key. A session is a client, else a process. An operation with an
 * unknown outcome binds nobody.
 *
 * <p>What is older: by default a value whose write had returned before the other's was invoked,
 * which is so wherever a key's writes go through one place; or the smaller number, where values are
 * {@code versions}. The first value, null, is older than all. Values are written once.
 *
 * <p>Monotonic writes and writes-follow-reads speak of what a replica has. Who looks is therefore
 * the node that answered, else the session.
 */
final class Session implements Checker {
  static final Property READ_YOUR_WRITES =
      new Property("session.read-your-writes", "a session's reads find its writes, or newer ones");
  static final Property MONOTONIC_READS =
      new Property("session.monotonic-reads", "a session's reads never find older values again");
  static final Property MONOTONIC_WRITES =
      new Property(
          "session.monotonic-writes", "who has a session's write has its earlier ones, or newer");
  static final Property WRITES_FOLLOW_READS =
      new Property(
          "session.writes-follow-reads", "who has a write has what its session had read, or newer");

  static final List<Property> ALL =
      List.of(READ_YOUR_WRITES, MONOTONIC_READS, MONOTONIC_WRITES, WRITES_FOLLOW_READS);

  private final Property property;
  private final boolean versions;

  Session(Property property, boolean versions) {
    this.property = property;
    this.versions = versions;
  }

  @Override
  public Property property() {
    return property;
  }

  /** What a session learned of a key, when, and the newest that it had learned by then. */
  private record Known(int position, Operation by, Operation newest) {}

  /** What a session knew, key by key. */
  private final class Past {
    final Map<@Nullable Object, List<Known>> keys = new HashMap<>();
    int position;

    void add(Operation op, Map<@Nullable Object, Writes> writes) {
      List<Known> known = keys.computeIfAbsent(Told.plain(op.key()), k -> new ArrayList<>());
      Operation before = known.isEmpty() ? op : known.get(known.size() - 1).newest();
      boolean newer = rank(op, writes) >= rank(before, writes);
      known.add(new Known(position++, op, newer ? op : before));
    }

    /** The last that it knew of a key before a position. */
    @Nullable Known before(@Nullable Object key, int end) {
      List<Known> known = keys.getOrDefault(key, List.of());
      int low = 0;
      int high = known.size();
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (known.get(middle).position() < end) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low == 0 ? null : known.get(low - 1);
    }
  }

  /** Whose write, and at which place in that session. */
  private record Origin(Object session, int position, Operation write) {}

  @Override
  public Verdict check(History history, Budget budget) {
    Map<@Nullable Object, Writes> writes = Writes.byKey(history);
    Verdict unknown = Writes.ambiguous(writes);
    if (unknown != null) {
      return unknown;
    }
    return property.equals(READ_YOUR_WRITES) || property.equals(MONOTONIC_READS)
        ? own(history, writes, budget)
        : others(history, writes, budget);
  }

  private Verdict own(History history, Map<@Nullable Object, Writes> writes, Budget budget) {
    boolean ofWrites = property.equals(READ_YOUR_WRITES);
    Map<Object, Past> pasts = new HashMap<>();
    long examined = 0;
    for (Operation op : byReturn(history)) {
      Past past = pasts.computeIfAbsent(Sessions.who(op), s -> new Past());
      if (Writes.isRead(op)) {
        // What had returned before this read began; a session's operations may overlap.
        Known known = before(past, op);
        if (known != null) {
          examined++;
          if (older(op, known.newest(), writes)) {
            String sentence =
                "%s found %s after it had %s %s, which is newer."
                    .formatted(
                        Sessions.who(op),
                        Told.json(Writes.value(op)),
                        ofWrites ? "written" : "read",
                        Told.json(Writes.value(known.newest())));
            return invalid(
                ofWrites ? "own-write-missing" : "backwards", sentence, known.newest(), op);
          }
        }
      }
      if (ofWrites ? Writes.is(op) && op.ok() : Writes.isRead(op)) {
        past.add(op, writes);
      }
      if ((examined & 1023) == 1023) {
        Verdict over = Told.exhausted(budget, examined);
        if (over != null) {
          return over;
        }
      }
    }
    return new Verdict.Valid(examined);
  }

  private static @Nullable Known before(Past past, Operation read) {
    List<Known> known = past.keys.getOrDefault(Told.plain(read.key()), List.of());
    for (int i = known.size() - 1; i >= 0; i--) {
      if (known.get(i).by().precedes(read)) {
        return known.get(i);
      }
    }
    return null;
  }

  private static List<Operation> byReturn(History history) {
    List<Operation> ops = new ArrayList<>(history.operations(Operation::ok));
    ops.sort((a, b) -> Long.compare(a.returned(), b.returned()));
    return ops;
  }

  private Verdict others(History history, Map<@Nullable Object, Writes> writes, Budget budget) {
    boolean ofWrites = property.equals(MONOTONIC_WRITES);
    Map<Object, Past> pasts = new HashMap<>();
    Map<Integer, Origin> origins = new HashMap<>();
    for (Operation op : history.operations()) {
      Past past = pasts.computeIfAbsent(Sessions.who(op), s -> new Past());
      if (Writes.is(op)) {
        origins.put(op.id(), new Origin(Sessions.who(op), past.position, op));
      }
      if (op.ok() && (ofWrites ? Writes.is(op) : Writes.isRead(op))) {
        past.add(op, writes);
      }
    }
    // By who looks: of each session the latest write that was found, and the read that found it.
    Map<Object, Map<Object, Origin>> found = new LinkedHashMap<>();
    Map<Object, Map<Object, Operation>> finders = new HashMap<>();
    long examined = 0;
    for (Operation read : byReturn(history)) {
      if (!Writes.isRead(read)) {
        continue;
      }
      Object who = read.node() != null ? read.node() : Sessions.who(read);
      Map<Object, Origin> latest = found.computeIfAbsent(who, w -> new LinkedHashMap<>());
      Map<Object, Operation> finder = finders.computeIfAbsent(who, w -> new HashMap<>());
      for (Origin origin : latest.values()) {
        Operation first = finder.get(origin.session());
        Past past = pasts.get(origin.session());
        if (first == null || past == null || !first.precedes(read)) {
          continue;
        }
        Known known = past.before(Told.plain(read.key()), origin.position());
        if (known == null || !known.newest().precedes(origin.write())) {
          continue;
        }
        examined++;
        if (older(read, known.newest(), writes)) {
          String sentence =
              "%s showed %s, which %s wrote after it had %s %s; then it showed %s, which is older."
                  .formatted(
                      who,
                      Told.json(Writes.value(origin.write())),
                      origin.session(),
                      ofWrites ? "written" : "read",
                      Told.json(Writes.value(known.newest())),
                      Told.json(Writes.value(read)));
          String clause = ofWrites ? "earlier-write-missing" : "read-value-missing";
          return invalid(clause, sentence, known.newest(), origin.write(), first, read);
        }
      }
      note(read, writes, origins, latest, finder);
      Verdict over = (examined & 1023) == 1023 ? Told.exhausted(budget, examined) : null;
      if (over != null) {
        return over;
      }
    }
    return new Verdict.Valid(examined);
  }

  private static void note(
      Operation read,
      Map<@Nullable Object, Writes> writes,
      Map<Integer, Origin> origins,
      Map<Object, Origin> latest,
      Map<Object, Operation> finder) {
    Operation write = writer(read, writes);
    Origin origin = write == null ? null : origins.get(write.id());
    if (origin == null) {
      return;
    }
    Origin before = latest.get(origin.session());
    if (before == null || before.position() < origin.position()) {
      latest.put(origin.session(), origin);
      finder.put(origin.session(), read);
    }
  }

  private static @Nullable Operation writer(Operation read, Map<@Nullable Object, Writes> writes) {
    Writes ofKey = writes.get(Told.plain(read.key()));
    List<Operation> by = ofKey == null ? List.of() : ofKey.of(Writes.value(read));
    return by.isEmpty() ? null : by.get(0);
  }

  /** Higher for what may be newer: nothing with a higher rank is older. */
  private long rank(Operation op, Map<@Nullable Object, Writes> writes) {
    Object value = Writes.value(op);
    if (versions) {
      Long number = Told.number(value);
      return number == null ? Long.MIN_VALUE : number;
    }
    Operation write = Writes.is(op) ? op : writer(op, writes);
    return write == null ? -1 : write.invoked();
  }

  /** Whether a read found what is certainly older than what another wrote, or found. */
  private boolean older(Operation read, Operation than, Map<@Nullable Object, Writes> writes) {
    Object mine = Writes.value(read);
    Object other = Writes.value(than);
    if (mine == null || other == null) {
      return mine == null && other != null;
    }
    if (versions) {
      return Told.number(mine) != null
          && Told.number(other) != null
          && rank(read, writes) < rank(than, writes);
    }
    Operation write = writer(read, writes);
    return write != null && write.returned() < rank(than, writes);
  }

  private static Verdict invalid(String clause, String sentence, Operation... ops) {
    return new Verdict.Invalid(
        clause,
        new Witness(sentence, List.of(ops).stream().map(op -> Told.step(op, null)).toList()));
  }
}
