package dev.faultline.harness.run;

import dev.faultline.spec.FaultKinds;
import org.jspecify.annotations.Nullable;

/** What can be done to a client that runs in a host of its own. */
public final class ClientFaults {
  private ClientFaults() {}

  /** Why a kind cannot be done to one; null if it can, where the environment can. */
  public static @Nullable String problem(String kind) {
    if (FaultKinds.covers("clock", kind)) {
      return "a client's clock is the harness's; name a node";
    }
    return FaultKinds.covers("disk", kind) || kind.startsWith("kill.")
        ? "a client keeps nothing on a disk; name a node"
        : null;
  }
}
