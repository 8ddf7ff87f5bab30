package dev.faultline.junit;

import dev.faultline.harness.judge.Judgement.Status;
import dev.faultline.harness.run.Request;
import dev.faultline.harness.run.Trials;
import dev.faultline.harness.run.Trials.Trial;
import dev.faultline.harness.search.Explorer;
import dev.faultline.harness.search.Shrinker;
import dev.faultline.harness.search.Summary;
import dev.faultline.harness.search.Summary.Sighting;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** The search of a {@link SimTest}, before its body. */
final class SimExtension implements BeforeTestExecutionCallback, ParameterResolver {
  private static final String SCHEDULES = "faultline.schedules";
  private static final ExtensionContext.Namespace STORE =
      ExtensionContext.Namespace.create(SimExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Summary.class
        && parameter.getDeclaringExecutable().isAnnotationPresent(SimTest.class);
  }

  @Override
  public @Nullable Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context.getStore(STORE).get(Summary.class);
  }

  @Override
  public void beforeTestExecution(ExtensionContext context) {
    Method method = context.getRequiredTestMethod();
    SimTest test = method.getAnnotation(SimTest.class);
    check(test, method);
    long seed = Seeds.own(method, 0);
    Trials trials = trials(test, method, seed);
    List<String> asked = Asked.kinds(test.faults());
    List<String> kinds = asked != null && asked.isEmpty() ? asked : trials.kinds(asked);
    Explorer explorer = new Explorer(trials, kinds, test.strategy(), seed);
    SimSearch search = new SimSearch(test, explorer);
    List<Long> seeds = Seeds.asked(method, context::getConfigurationParameter);
    long schedules =
        Seeds.count(method, SCHEDULES, test.schedules(), context::getConfigurationParameter);
    SimSearch.Outcome outcome = seeds.isEmpty() ? search.upTo(schedules) : search.of(seeds);
    context.getStore(STORE).put(Summary.class, outcome.summary());
    context.publishReportEntry(
        Map.of(
            "faultline.schedules", Long.toString(outcome.summary().schedules()),
            "faultline.campaign", "%016x".formatted(outcome.summary().hash())));
    String complaint = complaint(test, method, outcome, trials, context);
    if (complaint != null) {
      throw new AssertionError(complaint);
    }
  }

  private static void check(SimTest test, Method method) {
    if (test.verdict() != Status.VALID && test.verdict() != Status.INVALID) {
      throw FaultExtension.misuse(
          method, "verdict = " + test.verdict() + ", want VALID or INVALID");
    }
    if (!test.property().isEmpty() && test.verdict() != Status.INVALID) {
      throw FaultExtension.misuse(method, "property needs verdict = INVALID");
    }
  }

  private static Trials trials(SimTest test, Method method, long seed) {
    Request request =
        new Request(
            test.target(),
            Asked.orNull(test.workload()),
            "sim",
            List.of(),
            null,
            List.of(test.expect()),
            Asked.options(test.options(), method),
            test.length().isEmpty() ? null : Asked.duration("length", test.length(), method),
            seed,
            test.nodes(),
            test.concurrency(),
            test.rate());
    return Trials.ofOwnLength(request);
  }

  /** Why the test fails, or null. */
  private static @Nullable String complaint(
      SimTest test,
      Method method,
      SimSearch.Outcome outcome,
      Trials trials,
      ExtensionContext context) {
    Summary summary = outcome.summary();
    Sighting hit = outcome.hit();
    if (hit != null) {
      Trial again = hit.again(trials);
      return test.verdict() == Status.INVALID
          ? null
          : SimFinding.tell(
              context, method, hit, Shrinker.shrink(trials, again), summary.schedules());
    }
    if (test.verdict() == Status.INVALID) {
      String other =
          String.join(
              ", ",
              summary.findings().stream()
                  .map(f -> f.cause() + " " + f.times() + " times")
                  .toList());
      return "%s: %,d schedules, and none is INVALID%s%s"
          .formatted(
              test.target(),
              summary.schedules(),
              test.property().isEmpty() ? "" : " by " + test.property(),
              other.isEmpty() ? "" : "; found instead: " + other);
    }
    return summary.notCounted() < summary.schedules()
        ? null
        : "%s: %,d schedules, and each is VOID or UNKNOWN, so nothing is proven; the last: %s"
            .formatted(test.target(), summary.schedules(), String.join("; ", outcome.reasons()));
  }
}
