package dev.faultline.junit;

import dev.faultline.harness.Environment;
import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.run.Catalog;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/**
 * Makes one invocation of a {@link FaultTest} for each seed; skips the test where its environment
 * is not available.
 */
final class FaultExtension implements TestTemplateInvocationContextProvider, ExecutionCondition {
  private static final ExtensionContext.Namespace STORE =
      ExtensionContext.Namespace.create(FaultExtension.class);

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return annotation(context) != null;
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    FaultTest test = annotation(context);
    if (test == null) {
      return Stream.empty();
    }
    Method method = context.getRequiredTestMethod();
    List<Long> seeds = Seeds.of(test, method, context::getConfigurationParameter);
    Search search = new Search(seeds.size());
    List<TestTemplateInvocationContext> invocations = new ArrayList<>();
    for (long seed : seeds) {
      invocations.add(new FaultInvocation(test, method, seed, search));
    }
    return invocations.stream();
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    FaultTest test = annotation(context);
    if (test == null || requireDocker(context)) {
      return ConditionEvaluationResult.enabled("");
    }
    String environment = environment(test);
    if (environment == null) {
      return ConditionEvaluationResult.enabled("");
    }
    Unavailable why =
        context
            .getRoot()
            .getStore(STORE)
            .getOrComputeIfAbsent(environment, FaultExtension::ask, Unavailable.class);
    return why == null || why.reason == null
        ? ConditionEvaluationResult.enabled("")
        : ConditionEvaluationResult.disabled(
            "environment " + environment + " is not available: " + why.reason);
  }

  /** Why an environment is not available; asked once for all tests. */
  private record Unavailable(@Nullable String reason) {}

  private static Unavailable ask(String environment) {
    for (Environment known : Catalog.environments()) {
      if (known.id().equals(environment)) {
        return new Unavailable(known.unavailable());
      }
    }
    return new Unavailable(null);
  }

  /** The environment that the test will run in; null where planning has to say what is wrong. */
  private static @Nullable String environment(FaultTest test) {
    if (!test.environment().isEmpty()) {
      return test.environment();
    }
    try {
      return Catalog.target(test.target().split(":", 2)[0]).environments().stream()
          .findFirst()
          .orElse(null);
    } catch (EnvironmentException e) {
      return null;
    }
  }

  private static boolean requireDocker(ExtensionContext context) {
    return context
        .getConfigurationParameter("faultline.requireDocker")
        .map(Boolean::parseBoolean)
        .orElse(false);
  }

  private static @Nullable FaultTest annotation(ExtensionContext context) {
    Optional<Method> method = context.getTestMethod();
    return method.map(m -> m.getAnnotation(FaultTest.class)).orElse(null);
  }

  /** An error in the annotation itself. */
  static ExtensionConfigurationException misuse(Method method, String problem) {
    return new ExtensionConfigurationException(
        "@%s on %s.%s: %s"
            .formatted(
                method.isAnnotationPresent(SimTest.class) ? "SimTest" : "FaultTest",
                method.getDeclaringClass().getSimpleName(),
                method.getName(),
                problem));
  }
}
