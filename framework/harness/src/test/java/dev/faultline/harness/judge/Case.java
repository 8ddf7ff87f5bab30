package dev.faultline.harness.judge;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Checker;
import dev.faultline.checker.Property;
import dev.faultline.checker.Verdict;
import dev.faultline.checker.Witness;
import dev.faultline.harness.judge.Judgement.Finding;
import dev.faultline.history.History;
import dev.faultline.json.JsonException;
import dev.faultline.json.JsonView;
import dev.faultline.spec.CheckerSpec;
import dev.faultline.spec.Claim;
import dev.faultline.spec.FaultPlan;
import dev.faultline.spec.Minimums;
import dev.faultline.spec.RunSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A run to judge, whose checkers say what the test wants. */
final class Case {
  private final Map<String, Supplier<Verdict>> verdicts = new LinkedHashMap<>();
  private final List<CheckerSpec> checkers = new ArrayList<>();
  private final List<Claim> claims = new ArrayList<>();
  private List<String> expects = List.of();
  private FaultPlan plan = FaultPlan.NONE;
  private Map<String, String> options = Map.of();
  private String history = "";
  private Minimums minimums = Minimums.STANDARD.pairs(0);

  static Verdict valid(long examined) {
    return new Verdict.Valid(examined);
  }

  static Verdict invalid() {
    return new Verdict.Invalid("clause", new Witness("It broke.", List.of()));
  }

  static Verdict unknown() {
    return new Verdict.Unknown("time budget of 5 ms ran out", "raise --check-time");
  }

  Case checker(String property, Verdict verdict) {
    return checker(property, () -> verdict);
  }

  Case checker(String property, Supplier<Verdict> verdict) {
    checkers.add(CheckerSpec.of(property));
    verdicts.put(property, verdict);
    return this;
  }

  /** A checker that the run asks for and nobody has. */
  Case missingChecker(String property) {
    checkers.add(CheckerSpec.of(property));
    return this;
  }

  Case claim(String property, String... under) {
    claims.add(Claim.of(property, "a test", under));
    return this;
  }

  Case claim(Claim claim) {
    claims.add(claim);
    return this;
  }

  Case expects(String... properties) {
    expects = List.of(properties);
    return this;
  }

  Case options(Map<String, String> value) {
    options = value;
    return this;
  }

  Case plan(String... faults) {
    plan =
        FaultPlan.fromJson(
            JsonView.parse("plan", "{\"faults\":[" + String.join(",", faults) + "]}"));
    return this;
  }

  Case history(String text) {
    history = text;
    return this;
  }

  /** What the run must have exercised; by default clients need not meet. */
  Case minimums(Minimums least) {
    minimums = least;
    return this;
  }

  Judgement judge() {
    RunSpec run =
        new RunSpec(
            "test",
            "toy",
            "correct",
            "toy-work",
            "local",
            options,
            3,
            2,
            0,
            Duration.ofSeconds(8),
            7,
            plan,
            expects,
            checkers,
            claims,
            Map.of());
    return Judge.judge(
        run.minimums(minimums), History.parse(history), Duration.ofSeconds(5), this::checkerOf);
  }

  /** The finding of a property. */
  static Finding finding(Judgement judgement, String property) {
    return judgement.findings().stream()
        .filter(f -> f.property().equals(property))
        .findFirst()
        .orElseThrow();
  }

  private Checker checkerOf(String property, Map<String, ? extends @Nullable Object> params) {
    Supplier<Verdict> verdict = verdicts.get(property);
    if (verdict == null) {
      throw new JsonException("no checker for property '" + property + "'");
    }
    return new Checker() {
      @Override
      public Property property() {
        return new Property(property, property + " holds.");
      }

      @Override
      public Verdict check(History checked, Budget budget) {
        return verdict.get();
      }
    };
  }
}
