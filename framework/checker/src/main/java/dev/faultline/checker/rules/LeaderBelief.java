package dev.faultline.checker.rules;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Checker;
import dev.faultline.checker.Planting;
import dev.faultline.checker.Property;
import dev.faultline.checker.Verdict;
import dev.faultline.checker.Witness;
import dev.faultline.history.Entry;
import dev.faultline.history.History;
import dev.faultline.history.Operation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * No two participants believe at once that they lead (SB-2). A definite belief goes from a {@code
 * leader} event, or the return of a {@code leader?} operation answered {@code
 * {"leader":true,"term":…}}, to the invocation of the last such answer in the same term. Events
 * alone prove no belief's end: without {@code leader?} operations nothing is examined. Who believes
 * is {@code who} in the answer, else the node; a client that answers for itself loses its belief
 * with its process, since what goes on is a participant anew.
 *
 * <p>Only designs with leases or sessions claim this; correct Raft without them does not.
 */
final class LeaderBelief implements Checker {
  static final Property PROPERTY =
      new Property(
          "leader.no-overlapping-belief", "no two participants believe at once that they lead");

  @Override
  public Property property() {
    return PROPERTY;
  }

  @Override
  public List<Planting> plantings() {
    return BeliefPlantings.LEADERS;
  }

  @Override
  public Verdict check(History history, Budget budget) {
    Beliefs beliefs = new Beliefs();
    Map<String, Integer> processes = new HashMap<>();
    for (Operation op : history.operations()) {
      if (!op.f().equals("leader?") || !op.ok()) {
        continue;
      }
      Object said = op.output() instanceof Map<?, ?> map ? map.get("who") : null;
      String node = said instanceof String who ? who : op.node();
      if (node == null) {
        continue;
      }
      if (node.equals(op.client())) {
        Integer before = processes.put(node, op.process());
        if (before != null && before != op.process()) {
          beliefs.end(node, op.invoked() - 1);
        }
      }
      Long term = Shown.number(op.output(), "term");
      if (term != null && Shown.flag(op.output(), "leader")) {
        beliefs.yes(node, term, op.invoked(), op.returned(), step(node, op));
      } else {
        beliefs.end(node, op.invoked());
      }
    }
    for (Entry.Node event : history.nodeEvents()) {
      Long term = Shown.number(event.facts(), "term");
      if (event.name().equals("started")) {
        beliefs.end(event.node(), event.index());
      } else if (event.name().equals("leader") && term != null) {
        beliefs.start(event.node(), term, event.index(), event.index(), Shown.step(event, null));
      }
    }
    return beliefs.exclusive("leader", "terms");
  }

  /** On the lane of who believes, which need not be the node that was asked. */
  private static Witness.Step step(String node, Operation op) {
    Witness.Step step = Shown.step(op, null);
    return new Witness.Step(step.index(), step.time(), step.until(), node, step.text(), null);
  }
}
