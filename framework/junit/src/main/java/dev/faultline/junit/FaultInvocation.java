package dev.faultline.junit;

import dev.faultline.harness.judge.Judgement.Status;
import dev.faultline.harness.run.Experiment;
import dev.faultline.harness.run.Progress;
import dev.faultline.harness.run.RunResult;
import dev.faultline.spec.RunSpec;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;

/** The run of one seed. */
final class FaultInvocation
    implements TestTemplateInvocationContext, BeforeTestExecutionCallback, ParameterResolver {
  /** Two runs at once would take each other's time, and then faults would last too long. */
  private static final Object ONE_AT_A_TIME = new Object();

  private final FaultTest test;
  private final Method method;
  private final long seed;
  private final Search search;
  private @Nullable RunResult result;

  FaultInvocation(FaultTest test, Method method, long seed, Search search) {
    this.test = test;
    this.method = method;
    this.seed = seed;
    this.search = search;
  }

  @Override
  public String getDisplayName(int invocationIndex) {
    return "seed=" + seed;
  }

  @Override
  public List<Extension> getAdditionalExtensions() {
    return List.of(this);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == RunResult.class
        && parameter.getDeclaringExecutable().equals(method);
  }

  @Override
  public @Nullable Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return result;
  }

  @Override
  public void beforeTestExecution(ExtensionContext context) {
    synchronized (ONE_AT_A_TIME) {
      Long found = search.found();
      if (test.anyRun() && found != null) {
        Assumptions.abort("not needed: seed " + found + " ended as demanded");
      }
      run(context);
    }
  }

  private void run(ExtensionContext context) {
    RunSpec spec = Experiment.plan(Asked.request(test, method, seed));
    Path dir = RunDirectory.fresh(context, method, seed);
    RunResult run = Experiment.run(spec, dir, Progress.NONE);
    result = run;
    Status status = run.judgement().status();
    context.publishReportEntry(
        Map.of(
            "faultline.seed", Long.toString(seed),
            "faultline.verdict", status.name().toLowerCase(Locale.ROOT),
            "faultline.dir", dir.toString()));
    if (asDemanded(run)) {
      search.found(seed);
      return;
    }
    String message = FailureMessage.of(run, test, method, seed);
    if (test.anyRun() && search.missed() > 0) {
      Assumptions.abort("another seed is tried: " + message);
    }
    throw new AssertionError(message);
  }

  private boolean asDemanded(RunResult run) {
    if (run.judgement().status() != test.verdict()) {
      return false;
    }
    return test.property().isEmpty()
        || run.judgement().findings().stream()
            .anyMatch(f -> f.fails() && f.property().equals(test.property()));
  }
}
