package dev.faultline.checker.linear;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Checker;
import dev.faultline.checker.Property;
import dev.faultline.checker.Verdict;
import dev.faultline.checker.model.Call;
import dev.faultline.checker.model.Misfit;
import dev.faultline.checker.model.Model;
import dev.faultline.checker.monitor.Answer;
import dev.faultline.checker.monitor.Monitors;
import dev.faultline.history.History;
import dev.faultline.history.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code linearizable} for any model, by {@link DepthFirst}. As {@link Linearizable}: an {@code
 * info} operation may take effect later or never; what {@code fail} means is the model's choice.
 */
final class ModelLinearizable<S> implements Checker, Linearizability.Barable {
  /**
   * How many configurations each part may cost at first, so that one hard part hides no bad one.
   */
  private static final long FIRST = 100_000;

  private final Model<S> model;
  private final boolean bare;

  ModelLinearizable(Model<S> model, boolean bare) {
    this.model = model;
    this.bare = bare;
  }

  @Override
  public Checker bare() {
    return new ModelLinearizable<>(model, true);
  }

  @Override
  public Property property() {
    return Linearizable.PROPERTY;
  }

  @Override
  public Verdict check(History history, Budget budget) {
    try {
      return decide(history, budget);
    } catch (Misfit e) {
      return new Verdict.Unknown(
          "model %s cannot judge %s".formatted(model.id(), e.getMessage()),
          "check the history with the model of its workload");
    }
  }

  private Verdict decide(History history, Budget budget) {
    List<Parts.Part> parts = Parts.of(model, history);
    for (Parts.Part part : parts) {
      // Whoever the model does not know is told of at once, not where the search happens to look.
      part.calls().forEach(call -> model.step(model.initial(), call));
    }
    List<@Nullable List<Call>> orders = new ArrayList<>();
    parts.forEach(part -> orders.add(null));
    for (long effort : new long[] {FIRST, Long.MAX_VALUE}) {
      for (int i = 0; i < parts.size(); i++) {
        if (orders.get(i) != null) {
          continue;
        }
        List<Call> calls = parts.get(i).calls();
        Answer answer = Monitors.decide(model, calls);
        if (answer instanceof Answer.Unsuited) {
          answer = Calls.decide(model, calls, budget, effort);
        }
        switch (answer) {
          case Answer.Ordered ordered -> orders.set(i, ordered.order());
          case Answer.Impossible impossible -> {
            return invalid(impossible, budget);
          }
          case Answer.Unsuited unsuited -> throw new IllegalStateException(unsuited.why());
          case Answer.Exhausted ended -> {
            if (effort == Long.MAX_VALUE || budget.exhausted(0) != null) {
              return unknown(parts, i, ended, orders);
            }
          }
        }
      }
    }
    return bare
        ? new Verdict.Valid(parts.stream().mapToLong(part -> part.calls().size()).sum())
        : valid(history, parts, orders);
  }

  private Verdict valid(
      History history, List<Parts.Part> parts, List<@Nullable List<Call>> orders) {
    long placed = 0;
    long calls = 0;
    Map<String, @Nullable Object> shown = new LinkedHashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      Parts.Part part = parts.get(i);
      List<Call> order = orders.get(i);
      String problem = order == null ? "there is none" : Replay.problem(model, part.calls(), order);
      if (problem != null || order == null) {
        return new Verdict.Unknown(
            "%s: the order found is wrong: %s".formatted(name(part), problem),
            "this is a bug of the checker; please report it with this history");
      }
      placed += order.size();
      calls += part.calls().size();
      shown.put(part.name(), order.stream().map(c -> (Object) (long) c.operation().id()).toList());
    }
    Map<String, @Nullable Object> evidence = new LinkedHashMap<>();
    evidence.put("model", model.id());
    evidence.put("order", shown);
    if (!model.answersFailures()) {
      long failed =
          history.operations().stream().filter(op -> op.outcome() == Outcome.FAIL).count();
      evidence.put("failed, taken as not happened", failed);
    }
    evidence.put("unknown, not needed", calls - placed);
    return new Verdict.Valid(placed, evidence);
  }

  private Verdict unknown(
      List<Parts.Part> parts, int at, Answer.Exhausted ended, List<@Nullable List<Call>> orders) {
    long decided = orders.stream().filter(order -> order != null).count();
    return new Verdict.Unknown(
        "%s: stopped by the %s after %,d of %,d operations, with %,d possible orders of them open; %d of %d parts decided"
            .formatted(
                name(parts.get(at)),
                ended.what(),
                ended.placed(),
                parts.get(at).calls().stream().filter(Calls::isCertain).count(),
                ended.alternatives(),
                decided,
                parts.size()),
        "give the check more time or memory, or run with more keys, fewer clients or shorter"
            + " faults");
  }

  private Verdict invalid(Answer.Impossible impossible, Budget budget) {
    if (bare) {
      return Linearizability.unexplained(impossible.last().operation());
    }
    List<Call> few = new Cut<>(model, budget).cut(impossible.core(), impossible.last());
    return new Verdict.Invalid("no-order", CallWords.witness(model, few, impossible.last()));
  }

  private static String name(Parts.Part part) {
    return part.name().isEmpty() ? "the object" : part.name();
  }
}
