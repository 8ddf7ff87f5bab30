package dev.faultline.harness.nemesis;

import dev.faultline.spec.Anchor;
import dev.faultline.spec.Fault;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A fault of the plan and where it stands. For the loop's thread. */
final class Active {
  final Fault fault;
  Stage stage = Stage.WAITING;
  int seen;
  long due;
  boolean waitedInVain;
  @Nullable String emitter;
  String obstacle;
  @Nullable Deed deed;

  /** How long the harness stood still while it was active; null if never longer than the lease. */
  @Nullable Duration lapsed;

  CompletableFuture<Void> proved = CompletableFuture.completedFuture(null);

  /** Where a fault stands. */
  enum Stage {
    WAITING,
    STARTING,
    ACTIVE,
    ENDING,
    OVER
  }

  Active(Fault fault) {
    this.fault = fault;
    this.obstacle =
        switch (fault.from()) {
          case Anchor.At at -> "its time did not come";
          case Anchor.On on ->
              "its anchor, '" + on.event() + "' no. " + on.nth() + ", did not come";
        };
  }

  String kind() {
    return String.join("+", fault.kinds());
  }
}
