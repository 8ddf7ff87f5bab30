package dev.faultline.checker.rules;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Checker;
import dev.faultline.checker.Planting;
import dev.faultline.checker.Property;
import dev.faultline.checker.Verdict;
import dev.faultline.checker.Witness;
import dev.faultline.history.History;
import dev.faultline.history.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One token, one holder. Violated when two nodes were shown the same token, when one node was
 * granted a token again after its release of it had returned {@code ok} (two sessions), when the
 * server reported one token for two holders, or when the log has two writers under one token.
 *
 * <p>Names are compared within one source only (nodes of operations, holders in events, writers in
 * the log), for a server may name holders in its own way.
 */
final class OneHolderPerToken implements Checker {
  static final Property PROPERTY =
      new Property("lease.one-holder-per-token", "no token is held by two holders");

  @Override
  public Property property() {
    return PROPERTY;
  }

  @Override
  public List<Planting> plantings() {
    return Plantings.TOKENS;
  }

  @Override
  public Verdict check(History history, Budget budget) {
    Map<Long, Sighting> told = new HashMap<>();
    Map<Long, Sighting> reported = new HashMap<>();
    Map<Long, Operation> released = new HashMap<>();
    for (Sighting next : Sighting.all(history)) {
      Sighting first = (next.op() != null ? told : reported).putIfAbsent(next.token(), next);
      if (first != null && !first.holder().equals(next.holder())) {
        return invalid(first, null, next, "a second holder of this token");
      }
      Operation op = next.op();
      if (op != null && op.f().equals("release")) {
        released.merge(next.token(), op, (a, b) -> a.returned() < b.returned() ? a : b);
      }
      Operation release = released.get(next.token());
      if (op != null
          && first != null
          && op.f().equals("acquire")
          && release != null
          && release.precedes(op)
          && first.by() < release.invoked()) {
        return invalid(first, release, next, "the released token, granted again");
      }
    }
    Map<Long, Row> writers = new HashMap<>();
    List<Operation> reads = Row.reads(history);
    if (!reads.isEmpty()) {
      Operation read = reads.get(reads.size() - 1);
      try {
        for (Row row : Row.of(read)) {
          Row first = row.writer() == null ? null : writers.putIfAbsent(row.token(), row);
          if (first != null && !Objects.equals(first.writer(), row.writer())) {
            return invalid(first, row, read);
          }
        }
      } catch (IllegalArgumentException e) {
        return new Verdict.Unknown(
            String.valueOf(e.getMessage()), "mend the client, and check the history again");
      }
    }
    return new Verdict.Valid(Math.max(told.size(), Math.max(reported.size(), writers.size())));
  }

  private static Verdict invalid(
      Sighting first, @Nullable Operation release, Sighting next, String remark) {
    List<Witness.Step> steps = new ArrayList<>();
    steps.add(first.step(null));
    if (release != null) {
      steps.add(Shown.step(release, null));
    }
    steps.add(next.step(remark));
    String sentence =
        release == null
            ? "Token %d was held by %s and by %s."
                .formatted(next.token(), first.holder(), next.holder())
            : "Token %d was granted to %s again after it had been released."
                .formatted(next.token(), next.holder());
    return new Verdict.Invalid(
        release == null ? "two-holders" : "two-sessions", new Witness(sentence, steps));
  }

  private static Verdict invalid(Row first, Row second, Operation read) {
    return new Verdict.Invalid(
        "two-writers",
        new Witness(
            "The log has writes by %s and by %s under one token, %d."
                .formatted(first.writer(), second.writer(), first.token()),
            List.of(
                Witness.Step.of(read, "shows " + first.text(), null),
                Witness.Step.of(
                    read, "shows " + second.text(), "another writer under this token"))));
  }
}
