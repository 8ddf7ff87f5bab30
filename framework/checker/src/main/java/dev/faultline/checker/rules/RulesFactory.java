package dev.faultline.checker.rules;

import dev.faultline.checker.Checker;
import dev.faultline.checker.CheckerFactory;
import dev.faultline.checker.Property;
import dev.faultline.json.JsonView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the checkers of this package. Two have parameters: {@code lease.minimum-term} {@code
 * rateErrorPpm}, 0 unless given, below a million; {@code live.progress} {@code boundNanos}, 10 s
 * unless given, {@code functions}, none unless given, and whether each of them must succeed at
 * {@code everyNode}, which is false unless given.
 */
public final class RulesFactory implements CheckerFactory {
  private static final Map<Property, Supplier<Checker>> PLAIN = new LinkedHashMap<>();

  static {
    PLAIN.put(TokenOrder.PROPERTY, TokenOrder::new);
    PLAIN.put(OneHolderPerToken.PROPERTY, OneHolderPerToken::new);
    PLAIN.put(MinimumTerm.PROPERTY, () -> new MinimumTerm(0));
    PLAIN.put(BeliefExclusive.PROPERTY, BeliefExclusive::new);
    PLAIN.put(ResourceOrder.PROPERTY, ResourceOrder::new);
    PLAIN.put(
        LiveProgress.PROPERTY, () -> new LiveProgress(LiveProgress.USUAL_BOUND, false, List.of()));
    PLAIN.put(LeaderOnePerTerm.PROPERTY, LeaderOnePerTerm::new);
    PLAIN.put(LeaderBelief.PROPERTY, LeaderBelief::new);
    PLAIN.put(NoDivergentCommit.PROPERTY, NoDivergentCommit::new);
    PLAIN.put(NoCrash.PROPERTY, NoCrash::new);
    PLAIN.put(NoLostUpdate.PROPERTY, NoLostUpdate::new);
    PLAIN.put(LockExclusive.PROPERTY, LockExclusive::new);
  }

  @Override
  public List<Property> properties() {
    return List.copyOf(PLAIN.keySet());
  }

  @Override
  public Checker create(String property, JsonView params) {
    if (property.equals(MinimumTerm.PROPERTY.id())) {
      params.only(Set.of("rateErrorPpm"));
      return new MinimumTerm(ppm(params.find("rateErrorPpm")));
    }
    if (property.equals(LiveProgress.PROPERTY.id())) {
      params.only(Set.of("boundNanos", "everyNode", "functions"));
      JsonView bound = params.find("boundNanos");
      JsonView everyNode = params.find("everyNode");
      JsonView functions = params.find("functions");
      return new LiveProgress(
          bound == null ? LiveProgress.USUAL_BOUND : bound.integer(),
          everyNode != null && everyNode.bool(),
          functions == null ? List.of() : functions.strings());
    }
    params.only(Set.of());
    for (Map.Entry<Property, Supplier<Checker>> e : PLAIN.entrySet()) {
      if (e.getKey().id().equals(property)) {
        return e.getValue().get();
      }
    }
    throw params.error("no property '" + property + "' here");
  }

  private static long ppm(@Nullable JsonView view) {
    long ppm = view == null ? 0 : view.integer();
    if (view != null && (ppm < 0 || ppm >= 1_000_000)) {
      throw view.error(ppm + ", want 0 to 999,999 (millionths by which a clock may run fast)");
    }
    return ppm;
  }
}
