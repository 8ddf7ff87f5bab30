package dev.faultline.checker.rules;

import dev.faultline.checker.Planting;
import dev.faultline.history.Entry;
import dev.faultline.history.History;
import dev.faultline.history.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Mistakes of lock services, fenced logs, counters and elections. */
final class Plantings {
  static final List<Planting> TOKENS =
      List.of(new Planting("tokens granted twice", Plantings::tokenTwice));
  static final List<Planting> TERMS =
      List.of(new Planting("grants within the term of another", Plantings::longerTerm));
  static final List<Planting> LOG =
      List.of(
          new Planting("writes with an older token", Plantings::olderToken),
          new Planting("lost writes", Plantings::lostRow));
  static final List<Planting> COUNTER =
      List.of(new Planting("lost increments", Plantings::lostIncrement));
  static final List<Planting> LEADERS =
      List.of(new Planting("second leaders of a term", Plantings::secondLeader));
  static final List<Planting> COMMITS =
      List.of(new Planting("divergent commits", Plantings::divergent));

  private Plantings() {}

  /** A grant has the token of another holder's, seen before it was asked for. */
  private static @Nullable History tokenTwice(History history, RandomGenerator random) {
    List<Operation> grants = grants(history, "acquire");
    Operation later = Planting.pick(grants, random);
    Operation earlier =
        later == null
            ? null
            : Planting.pick(
                grants.stream()
                    .filter(g -> g.precedes(later) && !Objects.equals(g.node(), later.node()))
                    .toList(),
                random);
    return later == null || earlier == null
        ? null
        : Planting.answering(
            history,
            Map.of(later, with(later.output(), "token", Shown.number(earlier.output(), "token"))));
  }

  /**
   * A grant was for twenty times as long as it was, and nobody released it; still others were
   * granted meanwhile.
   */
  private static @Nullable History longerTerm(History history, RandomGenerator random) {
    Operation grant =
        Planting.pick(
            grants(history, "acquire").stream()
                .filter(g -> Shown.number(g.output(), "ttl") != null)
                .toList(),
            random);
    Long ttl = grant == null ? null : Shown.number(grant.output(), "ttl");
    return grant == null || ttl == null
        ? null
        : Planting.without(
            Planting.answering(history, Map.of(grant, with(grant.output(), "ttl", ttl * 20))),
            history.operations(op ->
                op.f().equals("release")
                    && op.returned() != Operation.NEVER
                    && grant.precedes(op)
                    && Objects.equals(op.node(), grant.node())));
  }

  private static List<Operation> grants(History history, String f) {
    return history.operations(
        op -> op.ok() && op.f().equals(f) && Shown.number(op.output(), "token") != null);
  }

  /** The log took an acknowledged write with the token before its own. */
  private static @Nullable History olderToken(History history, RandomGenerator random) {
    List<Operation> writes = acknowledged(history);
    Operation write = Planting.pick(writes, random);
    if (write == null) {
      return null;
    }
    long own = Objects.requireNonNull(Shown.number(write.output(), "token"));
    TreeSet<Long> tokens = new TreeSet<>();
    writes.forEach(w -> tokens.add(Objects.requireNonNull(Shown.number(w.output(), "token"))));
    Long older = tokens.lower(own);
    if (older == null) {
      return null;
    }
    long position = Objects.requireNonNull(Shown.number(write.output(), "position"));
    Map<Operation, @Nullable Object> answers = new HashMap<>();
    answers.put(write, with(write.output(), "token", older));
    for (Operation read : Row.reads(history)) {
      List<@Nullable Object> rows = rows(read);
      if (position < rows.size() && rows.get((int) position) instanceof List<?> row) {
        List<@Nullable Object> changed = new ArrayList<>(row);
        changed.set(0, older);
        rows.set((int) position, changed);
        answers.put(read, rows);
      }
    }
    return Planting.answering(history, answers);
  }

  /** An acknowledged write is in no read; what came after it moves up. */
  private static @Nullable History lostRow(History history, RandomGenerator random) {
    Operation write = Planting.pick(acknowledged(history), random);
    if (write == null) {
      return null;
    }
    long position = Objects.requireNonNull(Shown.number(write.output(), "position"));
    Map<Operation, @Nullable Object> answers = new HashMap<>();
    for (Operation read : Row.reads(history)) {
      List<@Nullable Object> rows = rows(read);
      if (position < rows.size()) {
        rows.remove((int) position);
        answers.put(read, rows);
      }
    }
    return Planting.answering(history, answers);
  }

  private static List<Operation> acknowledged(History history) {
    return history.operations(op ->
        op.ok()
            && op.f().equals("write")
            && Shown.number(op.output(), "token") != null
            && Shown.number(op.output(), "position") != null);
  }

  private static List<@Nullable Object> rows(Operation read) {
    return read.output() instanceof List<?> rows ? new ArrayList<>(rows) : new ArrayList<>();
  }

  /** An increment found and wrote what the acknowledged one before it had. */
  private static @Nullable History lostIncrement(History history, RandomGenerator random) {
    List<Operation> increments =
        history.operations(
            op -> op.ok() && op.f().equals("increment") && Shown.number(op.output(), "to") != null);
    if (increments.size() < 2) {
      return null;
    }
    int at = 1 + random.nextInt(increments.size() - 1);
    Map<Operation, @Nullable Object> answer = new HashMap<>();
    answer.put(increments.get(at), increments.get(at - 1).output());
    return Planting.answering(history, answer);
  }

  /** Another node reports to lead in the term of a leader. */
  private static @Nullable History secondLeader(History history, RandomGenerator random) {
    Entry.Node leader = Planting.pick(reports(history, "leader", "term"), random);
    Entry.Node other =
        leader == null
            ? null
            : Planting.pick(
                history.nodeEvents().stream()
                    .filter(e ->
                        !e.node().equals(leader.node())
                            && !e.node().equals("harness")
                            && e.seq() > 0
                            && !e.name().equals("started"))
                    .toList(),
                random);
    return leader == null || other == null
        ? null
        : Planting.reporting(history, other, "leader", leader.facts());
  }

  /** A node commits another value than it did. */
  private static @Nullable History divergent(History history, RandomGenerator random) {
    Entry.Node commit = Planting.pick(reports(history, "committed", "index"), random);
    if (commit == null) {
      return null;
    }
    Map<String, @Nullable Object> facts = new LinkedHashMap<>(commit.facts());
    facts.put("value", "planted");
    return Planting.reporting(history, commit, "committed", facts);
  }

  private static List<Entry.Node> reports(History history, String name, String fact) {
    return history.nodeEvents().stream()
        .filter(e -> e.name().equals(name) && Shown.number(e.facts(), fact) != null)
        .toList();
  }

  private static Map<String, @Nullable Object> with(
      @Nullable Object output, String member, @Nullable Object value) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    if (output instanceof Map<?, ?> map) {
      map.forEach((k, v) -> all.put(String.valueOf(k), v));
    }
    all.put(member, value);
    return all;
  }
}
