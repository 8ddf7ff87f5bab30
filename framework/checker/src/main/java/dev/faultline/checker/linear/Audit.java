package dev.faultline.checker.linear;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Witness;
import dev.faultline.checker.linear.Part.Decision;
import dev.faultline.history.History;
import dev.faultline.history.Operation;
import dev.faultline.history.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks whether a violation rests on claims that operations did not happen: if some of the {@code
 * fail}s may have taken effect, is there an order? First those that clients claim (time-outs,
 * refusals), then answers of the server (a compare-and-set that found another value). Names the few
 * that matter. Has a budget of its own inside of the check's, and never changes a verdict.
 */
final class Audit {
  private static final long EFFORT = 50_000;
  private static final Duration TIME = Duration.ofSeconds(2);

  private final Subject subject;
  private final Budget budget;

  Audit(Subject subject, Budget whole) {
    this.subject = subject;
    this.budget = whole.share(TIME);
  }

  /** The witness of a part, with what the audit found. */
  Witness added(History history, Part part, Witness witness) {
    Set<Integer> mine = new HashSet<>();
    Set<@Nullable Object> keys = new HashSet<>();
    for (Operation op : part.operations()) {
      mine.add(op.id());
      keys.add(op.key());
    }
    List<Operation> near = new ArrayList<>();
    Set<Integer> claimed = new LinkedHashSet<>();
    Set<Integer> answered = new LinkedHashSet<>();
    for (Operation op : history.operations()) {
      if (keys.contains(op.key()) || mine.contains(op.id())) {
        near.add(op);
        if (op.outcome() == Outcome.FAIL) {
          (op.f().equals("cas") ? answered : claimed).add(op.id());
        }
      }
    }
    for (Set<Integer> fails : List.of(claimed, answered)) {
      Set<Integer> tried = new LinkedHashSet<>(fails);
      if (fails.isEmpty()) {
        continue;
      }
      if (fails.equals(answered)) {
        tried.addAll(claimed);
      }
      Decision decision = widened(near, tried, mine);
      if (decision instanceof Decision.Exhausted ended) {
        return with(
            witness,
            " Whether it rests on claims that operations failed is not known: the audit was stopped by the "
                + ended.what()
                + ".",
            List.of());
      }
      if (decision instanceof Decision.Ordered ordered) {
        Set<Integer> few = few(near, ordered, tried, mine);
        return with(witness, sentence(few, answered), lines(near, few));
      }
    }
    return witness;
  }

  /** Of those whose effect gives an order, as few as still do. */
  private Set<Integer> few(
      List<Operation> near, Decision.Ordered ordered, Set<Integer> tried, Set<Integer> mine) {
    Set<Integer> kept = new LinkedHashSet<>();
    for (Operation op : ordered.order()) {
      if (tried.contains(op.id())) {
        kept.add(op.id());
      }
    }
    if (subject.answersFailures() || kept.isEmpty()) {
      // An answer matters also where its operation has no effect.
      kept.addAll(tried);
    }
    // In halves first, then in ever smaller parts.
    List<Integer> left = new ArrayList<>(kept);
    for (int size = Math.max(1, left.size() / 2); size >= 1; size /= 2) {
      for (int from = 0; from < left.size() && budget.exhausted(0) == null; ) {
        List<Integer> part = left.subList(from, Math.min(left.size(), from + size));
        Set<Integer> fewer = new LinkedHashSet<>(kept);
        part.forEach(fewer::remove);
        if (!fewer.isEmpty() && widened(near, fewer, mine) instanceof Decision.Ordered) {
          kept = fewer;
          part.clear();
        } else {
          from += size;
        }
      }
    }
    return kept;
  }

  /**
   * What comes of it if these may have happened; of the parts that matter, the first that tells.
   */
  private Decision widened(List<Operation> near, Set<Integer> ids, Set<Integer> mine) {
    List<Operation> operations = new ArrayList<>(near.size());
    for (Operation op : near) {
      operations.add(ids.contains(op.id()) ? open(op) : op);
    }
    List<Operation> order = new ArrayList<>();
    List<Part> parts;
    try {
      parts = subject.parts(operations, budget);
    } catch (Budget.Spent e) {
      return new Decision.Exhausted(e.what(), 0, 1);
    }
    for (Part part : parts) {
      if (part.operations().stream().noneMatch(op -> mine.contains(op.id()))) {
        continue;
      }
      Decision decision = part.decide(budget, EFFORT);
      if (!(decision instanceof Decision.Ordered ordered)) {
        return decision;
      }
      order.addAll(ordered.order());
    }
    return new Decision.Ordered(order);
  }

  /** The same, but nobody knows its outcome. */
  static Operation open(Operation op) {
    return new Operation(
        op.id(),
        op.process(),
        op.f(),
        op.key(),
        op.input(),
        null,
        Outcome.INFO,
        op.error(),
        op.invoked(),
        op.invokeTime(),
        Operation.NEVER,
        Operation.NEVER,
        op.client(),
        op.node(),
        op.intendedTime());
  }

  private static String sentence(Set<Integer> few, Set<Integer> answered) {
    boolean server = few.stream().anyMatch(answered::contains);
    String who = server ? "the server's answer" : "the claim";
    return few.size() == 1
        ? " This rests on %s that one operation failed: if it took effect after all, there is an order."
            .formatted(who)
        : " This rests on %s that %d operations failed: if they took effect after all, there is an order."
            .formatted(who, few.size());
  }

  private static List<Witness.Step> lines(List<Operation> near, Set<Integer> few) {
    List<Witness.Step> lines = new ArrayList<>();
    for (Operation op : near) {
      if (few.contains(op.id())) {
        String why = op.error() == null ? "" : ": " + op.error();
        lines.add(
            Witness.Step.of(
                op, CallWords.text(op) + why, "if it took effect after all, there is an order"));
      }
    }
    return lines;
  }

  private static Witness with(Witness witness, String sentence, List<Witness.Step> lines) {
    List<Witness.Step> steps = new ArrayList<>(witness.steps());
    steps.addAll(lines);
    steps.sort((a, b) -> Long.compare(a.index(), b.index()));
    return new Witness(witness.sentence() + sentence, steps);
  }
}
