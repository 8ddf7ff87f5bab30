package dev.faultline.checker.rules;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Checker;
import dev.faultline.checker.Planting;
import dev.faultline.checker.Property;
import dev.faultline.checker.Verdict;
import dev.faultline.history.Entry;
import dev.faultline.history.History;
import dev.faultline.history.Operation;
import java.util.List;

/**
 * No two holders believe at once (C-LEASE L4, SB-2). A definite belief goes from the return of an
 * {@code ok} acquire, or of a {@code held?} that said yes, to the invocation of the last {@code
 * held?} that said yes with the same token in the same session. An {@code ok} write is no
 * self-check: check, work, append may legally outlive the lease. Nor is a renewal: its answer may
 * come too late to be believed.
 *
 * <p>Holds only for holders that trust their lease for TTL times the ratio of the slowest to the
 * fastest clock; that is for the claim to say.
 */
final class BeliefExclusive implements Checker {
  static final Property PROPERTY =
      new Property("lease.belief-exclusive", "no two holders believe at once to hold the lease");

  @Override
  public Property property() {
    return PROPERTY;
  }

  @Override
  public List<Planting> plantings() {
    return BeliefPlantings.LEASES;
  }

  @Override
  public Verdict check(History history, Budget budget) {
    Beliefs beliefs = new Beliefs();
    for (Operation op : history.operations()) {
      String node = op.node();
      if (node == null) {
        continue;
      }
      Long token = op.ok() ? Shown.number(op.output(), "token") : null;
      switch (op.f()) {
        case "acquire" -> {
          if (token != null) {
            beliefs.start(node, token, op.invoked(), op.returned(), Shown.step(op, null));
          }
        }
        case "held?" -> {
          if (token != null && Shown.flag(op.output(), "held")) {
            beliefs.yes(node, token, op.invoked(), op.returned(), Shown.step(op, null));
          } else if (op.ok()) {
            beliefs.end(node, op.invoked());
          }
        }
        case "release" -> beliefs.end(node, op.invoked());
        default -> {}
      }
    }
    for (Entry.Node event : history.nodeEvents()) {
      if (event.name().equals("started")) {
        beliefs.end(event.node(), event.index());
      }
    }
    return beliefs.exclusive("holder", "tokens");
  }
}
