package dev.faultline.checker.weak;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Checker;
import dev.faultline.checker.Property;
import dev.faultline.checker.Verdict;
import dev.faultline.checker.Witness;
import dev.faultline.checker.model.Call;
import dev.faultline.checker.model.Misfit;
import dev.faultline.checker.model.Model;
import dev.faultline.checker.objects.Told;
import dev.faultline.history.History;
import dev.faultline.history.Operation;
import dev.faultline.history.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sequential consistency (Lamport, "How to Make a Multiprocessor Computer...", 1979): all
 * operations have one order which fits the model and keeps the order of each session; time says
 * nothing. For small histories: it is a search. It does not suffice that each key has an order, but
 * if one has none, all have none.
 */
final class Sequential<S> implements Checker {
  static final Property PROPERTY =
      new Property("sequential", "one order of all operations keeps the order of each session");

  /** A witness shows no more. */
  private static final int SHOWN = 30;

  private final Model<S> model;

  Sequential(Model<S> model) {
    this.model = model;
  }

  @Override
  public Property property() {
    return PROPERTY;
  }

  @Override
  public Verdict check(History history, Budget budget) {
    List<Operation> ops =
        history.operations(op -> op.outcome() != Outcome.FAIL || model.answersFailures());
    Map<@Nullable Object, List<Operation>> byKey = new LinkedHashMap<>();
    for (Operation op : ops) {
      Object key = model.acrossKeys() ? null : Told.plain(op.key());
      byKey.computeIfAbsent(key, k -> new ArrayList<>()).add(op);
    }
    Sessions sessions = Sessions.of(history);
    try {
      for (Call call : ops.stream().map(Call::of).toList()) {
        // Whoever the model does not know is told of at once.
        model.step(model.initial(), call);
      }
      for (Map.Entry<@Nullable Object, List<Operation>> e : byKey.entrySet()) {
        SequentialSearch<S> alone = new SequentialSearch<>(model, sessions.split(e.getValue()));
        if (alone.decide(budget) == SequentialSearch.Found.NONE) {
          return none(e.getValue(), e.getKey() == null ? "" : " on " + e.getKey());
        }
      }
      SequentialSearch<S> search = new SequentialSearch<>(model, sessions.split(ops));
      return switch (search.decide(budget)) {
        case ORDER -> new Verdict.Valid(search.placed());
        case NONE -> none(ops, " on several keys together");
        case ENDED ->
            new Verdict.Unknown(
                "the %s ran out after %,d ways to go on; %,d of %,d operations placed at most"
                    .formatted(search.ended(), search.ways(), search.placed(), ops.size()),
                "sequential consistency is for small histories: fewer operations or clients");
      };
    } catch (Misfit e) {
      return new Verdict.Unknown(
          "model %s cannot judge %s".formatted(model.id(), e.getMessage()),
          "check the history with the model of its workload");
    }
  }

  private Verdict none(List<Operation> ops, String where) {
    String cut = ops.size() > SHOWN ? "; the first %d are shown".formatted(SHOWN) : "";
    return new Verdict.Invalid(
        "no-order",
        new Witness(
            "These %d operations%s fit a %s in no order that keeps the order of each session%s."
                .formatted(ops.size(), where, model.noun(), cut),
            ops.stream().limit(SHOWN).map(op -> Told.step(op, null)).toList()));
  }
}
