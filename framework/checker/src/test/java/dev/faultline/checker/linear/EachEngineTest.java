package dev.faultline.checker.linear;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Verdict;
import dev.faultline.checker.Witness;
import dev.faultline.checker.model.Call;
import dev.faultline.checker.model.Misfit;
import dev.faultline.checker.model.Model;
import dev.faultline.checker.model.Models;
import dev.faultline.checker.monitor.Answer;
import dev.faultline.checker.monitor.Monitors;
import dev.faultline.checker.oracle.Differential;
import dev.faultline.history.History;
import dev.faultline.json.JsonView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** Each engine by itself against the definition, on small histories of all models. */
final class EachEngineTest {
  private static final long SEED = Long.getLong("faultline.seed", 8);
  private static final int HISTORIES = Integer.getInteger("faultline.rounds", 13_000);

  @Test
  void theSearchAlone() {
    judge("search", (model, calls) -> search(model, calls));
  }

  @Test
  void theMonitorsAlone() {
    judge("monitors", (model, calls) -> Monitors.decide(model, calls, Budget.standard()));
  }

  private static void judge(String name, BiFunction<Model<?>, List<Call>, Answer> decide) {
    Differential differential =
        new Differential(SEED, null).with(name, params -> engine(params, decide));
    differential.run(0, HISTORIES, () -> false);
    System.out.printf("%s: %d disagreements%n", name, differential.disagreed());
    assertThat(differential.disagreements()).isEmpty();
  }

  private static <S> Answer search(Model<S> model, List<Call> calls) {
    return Calls.decide(model, calls, Differential.budget(), Long.MAX_VALUE);
  }

  private static Differential.Engine engine(
      Map<String, ?> params, BiFunction<Model<?>, List<Call>, Answer> decide) {
    Model<?> model =
        Models.ids().contains(String.valueOf(params.get("model")))
            ? Models.find(String.valueOf(params.get("model")), JsonView.of("model", params))
            : null;
    return history -> model == null ? unsure("no such model") : verdict(model, history, decide);
  }

  private static Verdict unsure(String why) {
    return new Verdict.Unknown(why, "");
  }

  private static Verdict verdict(
      Model<?> model, History history, BiFunction<Model<?>, List<Call>, Answer> decide) {
    Map<String, Object> orders = new LinkedHashMap<>();
    List<String> unsuited = new ArrayList<>();
    try {
      for (Parts.Group part : Parts.of(model, history.operations(), Budget.standard())) {
        switch (decide.apply(model, part.calls())) {
          case Answer.Ordered o ->
              orders.put(
                  orders.size() + part.name(),
                  o.order().stream().map(c -> (long) c.operation().id()).toList());
          case Answer.Impossible i -> {
            return new Verdict.Invalid("no-order", new Witness("by " + i.last(), List.of()));
          }
          case Answer.Unsuited u -> unsuited.add(u.why());
          case Answer.Exhausted e -> unsuited.add(e.what());
        }
      }
    } catch (Misfit e) {
      return unsure(String.valueOf(e.getMessage()));
    }
    return unsuited.isEmpty()
        ? new Verdict.Valid(1, Map.of("order", orders))
        : unsure(unsuited.get(0));
  }
}
