package dev.faultline.checker.rules;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Checker;
import dev.faultline.checker.Property;
import dev.faultline.checker.Verdict;
import dev.faultline.checker.Witness;
import dev.faultline.history.Entry;
import dev.faultline.history.History;
import dev.faultline.history.Operation;
import dev.faultline.history.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Progress within a bound of the measured heal: after the harness's phase {@code progress}, which
 * names the nodes that are healed and those whose clients take part, each function succeeds in
 * time, for clients of every such node or of any. Without that phase nothing is examined. Examined
 * are the successes that were wanted.
 */
final class LiveProgress implements Checker {
  static final Property PROPERTY =
      new Property(
          "live.progress", "when enough nodes are healed, clients are served within the bound");

  static final long USUAL_BOUND = 10_000_000_000L;

  private static final int SHOWN = 4;

  private final long bound;
  private final boolean everyNode;
  private final List<String> functions;

  /**
   * @param bound nanoseconds from the heal
   */
  LiveProgress(long bound, boolean everyNode, List<String> functions) {
    this.bound = bound;
    this.everyNode = everyNode;
    this.functions = List.copyOf(functions);
  }

  @Override
  public Property property() {
    return PROPERTY;
  }

  @Override
  public Verdict check(History history, Budget budget) {
    Entry.Node healed =
        history.nodeEvents().stream()
            .filter(e -> e.name().equals("phase") && "progress".equals(e.facts().get("name")))
            .findFirst()
            .orElse(null);
    if (healed == null || !(healed.facts().get("serving") instanceof List<?> serving)) {
      return new Verdict.Valid(0);
    }
    List<Operation> since =
        history.operations(op -> op.invoked() > healed.index() && functions.contains(op.f()));
    long served = 0;
    for (String f : functions) {
      for (Object node : everyNode ? serving : serving.isEmpty() ? serving : List.of("any")) {
        String wanted = everyNode ? String.valueOf(node) : null;
        if (since.stream().noneMatch(op -> serves(op, f, wanted, healed))) {
          return new Verdict.Invalid("not-served", witness(since, f, wanted, healed));
        }
        served++;
      }
    }
    return new Verdict.Valid(served);
  }

  private boolean serves(Operation op, String f, @Nullable String node, Entry.Node healed) {
    return op.outcome() == Outcome.OK
        && op.f().equals(f)
        && (node == null || node.equals(op.node()))
        && op.returnTime() - healed.time() <= bound;
  }

  private Witness witness(
      List<Operation> since, String f, @Nullable String node, Entry.Node healed) {
    List<Witness.Step> steps = new ArrayList<>();
    steps.add(Shown.step(healed, "from here on it should go on"));
    since.stream()
        .filter(op -> op.f().equals(f) && (node == null || node.equals(op.node())))
        .limit(SHOWN)
        .forEach(op ->
            steps.add(
                Witness.Step.of(
                    op,
                    f + " " + (op.error() == null ? "no answer" : op.error()),
                    op.ok() ? "too late" : null)));
    return new Witness(
        "Within %s of the heal no %s %ssucceeded."
            .formatted(Shown.duration(bound), f, node == null ? "" : "at " + node + " "),
        steps);
  }
}
