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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A granted lease lasts its term (C-LEASE L1): nobody else is granted a higher token before the
 * holder's guaranteed end, unless the holder released.
 *
 * <p>The end is the invocation of an {@code ok} acquire or renew plus its TTL: the server cannot
 * have started the term before it was asked. The other grant is placed at the earliest line that
 * shows its token. A renewal invoked after that line guarantees nothing here. A release counts from
 * its invocation unless it is {@code fail}; an {@code info} one excuses every grant that its holder
 * may have had.
 *
 * <p>Cost: grants squared.
 */
final class MinimumTerm implements Checker {
  static final Property PROPERTY =
      new Property(
          "lease.minimum-term",
          "no other grant before a lease has lasted its term or was released");

  private final long rateErrorPpm;

  /**
   * The rule.
   *
   * @param rateErrorPpm by how many millionths a server's clock may run faster than ours; the term
   *     is taken as that much shorter
   */
  MinimumTerm(long rateErrorPpm) {
    this.rateErrorPpm = rateErrorPpm;
  }

  @Override
  public Property property() {
    return PROPERTY;
  }

  /** All that is known of one token. */
  private static final class Grant {
    final Sighting first;
    final List<Operation> terms = new ArrayList<>();
    long invoked = Long.MAX_VALUE;

    Grant(Sighting first) {
      this.first = first;
    }
  }

  @Override
  public List<Planting> plantings() {
    return Plantings.TERMS;
  }

  @Override
  public Verdict check(History history, Budget budget) {
    NavigableMap<Long, Grant> grants = grants(history);
    Map<String, List<Operation>> releases = new HashMap<>();
    Map<String, Long> unknownAcquire = new HashMap<>();
    for (Operation op : history.operations()) {
      if (op.node() == null) {
        continue;
      }
      if (op.f().equals("release") && op.outcome() != Outcome.FAIL) {
        releases.computeIfAbsent(op.node(), n -> new ArrayList<>()).add(op);
      }
      if (op.f().equals("acquire") && op.outcome() == Outcome.INFO) {
        unknownAcquire.merge(op.node(), op.invoked(), Math::min);
      }
    }
    long examined = 0;
    for (Grant later : grants.values()) {
      boolean judged = false;
      for (Grant earlier : grants.headMap(later.first.token()).values()) {
        String holder = earlier.first.holder();
        if (holder.equals(later.first.holder())) {
          continue;
        }
        Operation last = null;
        for (Operation term : earlier.terms) {
          judged |= term.invoked() < later.first.by();
          last = early(term, later) && (last == null || end(term) > end(last)) ? term : last;
        }
        if (last != null && !excused(earlier, later, releases, unknownAcquire)) {
          return invalid(earlier, last, later);
        }
      }
      examined += judged ? 1 : 0;
    }
    return new Verdict.Valid(examined);
  }

  private static NavigableMap<Long, Grant> grants(History history) {
    TreeMap<Long, Grant> grants = new TreeMap<>();
    for (Sighting sighting : Sighting.all(history)) {
      Grant grant = grants.computeIfAbsent(sighting.token(), t -> new Grant(sighting));
      Operation op = sighting.op();
      if (op == null || !sighting.holder().equals(grant.first.holder())) {
        continue;
      }
      grant.invoked = Math.min(grant.invoked, op.invoked());
      boolean term = op.f().equals("acquire") || op.f().equals("renew");
      if (term && Shown.number(op.output(), "ttl") != null) {
        grant.terms.add(op);
      }
    }
    return grants;
  }

  private boolean early(Operation term, Grant later) {
    return term.invoked() < later.first.by() && later.first.time() < end(term);
  }

  private long end(Operation term) {
    long ttl = Objects.requireNonNull(Shown.number(term.output(), "ttl"));
    return term.invokeTime() + ttl - (long) Math.ceil(ttl * (rateErrorPpm / 1e6));
  }

  private static boolean excused(
      Grant earlier,
      Grant later,
      Map<String, List<Operation>> releases,
      Map<String, Long> unknownAcquire) {
    String holder = earlier.first.holder();
    long from = Math.min(earlier.invoked, unknownAcquire.getOrDefault(holder, Long.MAX_VALUE));
    for (Operation release : releases.getOrDefault(holder, List.of())) {
      if (release.invoked() > later.first.by()) {
        continue;
      }
      Long token = release.ok() ? Shown.number(release.output(), "token") : null;
      boolean mayBeOurs = token == null ? from < release.invoked() : token == earlier.first.token();
      if (mayBeOurs) {
        return true;
      }
    }
    return false;
  }

  private Verdict invalid(Grant earlier, Operation term, Grant later) {
    long end = end(term);
    List<Witness.Step> steps = new ArrayList<>();
    if (earlier.first.by() < term.invoked()) {
      steps.add(earlier.first.step(null));
    }
    steps.add(Shown.step(term, "guaranteed until " + Shown.moment(end)));
    steps.add(
        later.first.step(
            Shown.duration(Math.max(1_000_000, end - later.first.time())) + " too early"));
    return new Verdict.Invalid(
        "granted-too-early",
        new Witness(
            "%s was granted token %d while the lease of %s, token %d, was guaranteed for another %s."
                .formatted(
                    later.first.holder(),
                    later.first.token(),
                    earlier.first.holder(),
                    earlier.first.token(),
                    Shown.duration(Math.max(1_000_000, end - later.first.time()))),
            steps));
  }
}
