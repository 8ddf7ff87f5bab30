package dev.faultline.harness.run;

import dev.faultline.harness.Client;
import dev.faultline.harness.Client.Result;
import dev.faultline.harness.host.HostPort;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds a client to what it declares: a failure for a reason that it does not declare is unknown,
 * since a {@code fail} that did take effect would make every verdict worthless.
 */
record Definite(Client client, Teller teller) {
  /** Takes what is to be told of a client, as an event. */
  @FunctionalInterface
  interface Teller {
    void event(String client, String name, Map<String, @Nullable Object> facts);
  }

  /** What a failure is worth. */
  Result judge(String client, String f, Result.Fail fail) {
    Set<String> declared = this.client.definite(f);
    String reason = fail.reason();
    boolean own = reason.startsWith(HostPort.NOT_RUNNING) || reason.startsWith(HostPort.NO_SESSION);
    if (own || declared.stream().anyMatch(reason::startsWith)) {
      return fail;
    }
    Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    facts.put("f", f);
    facts.put("reason", reason);
    teller.event(client, "undeclared", facts);
    return new Result.Info("undeclared failure: " + reason);
  }
}
