package dev.faultline.targets.etcd;

import dev.faultline.json.JsonView;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A lease that a thread keeps alive, as etcd's client libraries do for a session. If this process
 * is frozen for longer than the lease lives, it ends unnoticed.
 */
final class KeptLease implements AutoCloseable {
  /** The least that etcd grants with an election time-out of one second. */
  static final long TTL_SECONDS = 2;

  private static final Duration EVERY = Duration.ofMillis(500);
  private static final Duration WITHIN = Duration.ofSeconds(1);
  private static final Duration GRANT_WITHIN = Duration.ofSeconds(5);

  private final Gateway gateway;
  private final String id;
  private final Thread keeper;

  private KeptLease(Gateway gateway, String id) {
    this.gateway = gateway;
    this.id = id;
    this.keeper = Thread.ofVirtual().name("keeps lease " + id).unstarted(this::keep);
  }

  static KeptLease grant(Gateway gateway) throws IOException, InterruptedException {
    JsonView granted = gateway.call("/v3/lease/grant", Map.of("TTL", TTL_SECONDS), GRANT_WITHIN);
    KeptLease lease = new KeptLease(gateway, granted.get("ID").string());
    lease.keeper.start();
    return lease;
  }

  String id() {
    return id;
  }

  private void keep() {
    try {
      while (true) {
        TimeUnit.NANOSECONDS.sleep(EVERY.toNanos());
        try {
          JsonView unused = gateway.call("/v3/lease/keepalive", Map.of("ID", id), WITHIN);
        } catch (IOException tryAgain) {
          // A session that loses its lease notices by its lock, or, without a fence, never.
        }
      }
    } catch (InterruptedException closed) {
      // Nobody needs it any more.
    }
  }

  /** Stops keeping it, and gives it back if the server can be reached. */
  @Override
  public void close() {
    keeper.interrupt();
    try {
      JsonView unused = gateway.call("/v3/lease/revoke", Map.of("ID", id), WITHIN);
    } catch (IOException | InterruptedException itExpiresByItself) {
      if (itExpiresByItself instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
