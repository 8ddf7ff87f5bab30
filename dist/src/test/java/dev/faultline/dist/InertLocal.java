package dev.faultline.dist;

import dev.faultline.harness.Cluster;
import dev.faultline.harness.Deployment;
import dev.faultline.harness.Environment;
import dev.faultline.harness.run.Catalog;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Processes on this machine, with an injector that says that it did and does nothing. */
public final class InertLocal implements Environment {
  private static Environment local() {
    return Catalog.environment("local");
  }

  @Override
  public String id() {
    return "inert-local";
  }

  @Override
  public String summary() {
    return "local without faults, for tests of receipts";
  }

  @Override
  public @Nullable String unavailable() {
    return local().unavailable();
  }

  @Override
  public Set<String> capabilities(Deployment deployment) {
    return local().capabilities(deployment);
  }

  @Override
  public Map<String, String> refusals(Deployment deployment) {
    return local().refusals(deployment);
  }

  @Override
  public Cluster cluster(Request request) {
    return Inert.of(local().cluster(request), Inert.Part.INJECTOR);
  }
}
