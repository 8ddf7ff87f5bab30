package dev.faultline.harness.run;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.Target;
import dev.faultline.harness.Workload;
import dev.faultline.harness.gen.Generator;
import dev.faultline.spec.Call;
import dev.faultline.spec.CheckerSpec;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A workload whose operations are those of a script, in the main phase and after it. */
record ScriptedWorkload(Workload whole, List<Call> script) implements Workload {
  /**
   * With the script, if there is one, in place of any that it has.
   *
   * @throws EnvironmentException if it names a client that the workload does not have
   */
  static Workload of(Workload whole, List<Call> script, Plan plan) {
    Workload plain = whole instanceof ScriptedWorkload scripted ? scripted.whole : whole;
    if (script.isEmpty()) {
      return plain;
    }
    List<String> clients = plain.clients(plan).stream().map(ClientSpec::id).toList();
    for (int i = 0; i < script.size(); i++) {
      if (!clients.contains(script.get(i).client())) {
        throw new EnvironmentException(
            "run.json: script[%d]: no client '%s'; known: %s"
                .formatted(i, script.get(i).client(), String.join(", ", clients)));
      }
    }
    return new ScriptedWorkload(plain, script);
  }

  @Override
  public String id() {
    return whole.id();
  }

  @Override
  public String summary() {
    return whole.summary();
  }

  @Override
  public Interface clientInterface() {
    return whole.clientInterface();
  }

  @Override
  public List<Target.Option> options() {
    return whole.options();
  }

  @Override
  public List<ClientSpec> clients(Plan plan) {
    return whole.clients(plan);
  }

  @Override
  public Generator generator(Plan plan) {
    return Script.of(script.stream().filter(c -> c.at() != null).toList());
  }

  @Override
  public Generator finalGenerator(Plan plan) {
    return Script.of(script.stream().filter(c -> c.at() == null).toList());
  }

  @Override
  public @Nullable Generator progressGenerator(Plan plan) {
    return whole.progressGenerator(plan);
  }

  @Override
  public List<CheckerSpec> checkers(Plan plan) {
    return whole.checkers(plan);
  }

  @Override
  public Duration deadline(Plan plan, String f) {
    return whole.deadline(plan, f);
  }
}
