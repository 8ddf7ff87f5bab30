package dev.faultline.targets.etcd;

import dev.faultline.harness.Client.Context;
import dev.faultline.workloads.register.RegisterSession;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Registers as keys. Its only server is the one it is pinned to, so that a server which was cut off
 * is asked too. What fails is what the server compared and found different, and what was never
 * sent; everything else is unknown, time-outs that the server tells included.
 */
final class Registers implements RegisterSession {
  /**
   * {@code not sent}: no connection came about, so that no byte of the request was written. {@code
   * mismatch}: the transaction's comparison was false, so that the server carried out its other
   * branch, which is empty (etcd.io, docs v3.4, learning/api, transaction).
   */
  static final Map<String, Set<String>> REASONS =
      Map.of(
          "read", Set.of(Gateway.NOT_SENT),
          "write", Set.of(Gateway.NOT_SENT),
          "cas", Set.of(Gateway.NOT_SENT, MISMATCH));

  private final Gateway gateway;
  private final Store store;
  private final boolean serializable;

  Registers(Context context) throws IOException, InterruptedException {
    this(Gateway.of(context), "serializable".equals(context.options().get("reads")));
  }

  Registers(Gateway gateway, boolean serializable) {
    this.gateway = gateway;
    this.store = new Store(gateway);
    this.serializable = serializable;
  }

  @Override
  public @Nullable Long read(String key) throws IOException, InterruptedException {
    return store.get(key, serializable);
  }

  @Override
  public void write(String key, long value) throws IOException, InterruptedException {
    store.put(key, value);
  }

  @Override
  public boolean compareAndSet(String key, @Nullable Long expected, long value)
      throws IOException, InterruptedException {
    return store.compareAndSet(key, expected, value);
  }

  @Override
  public void close() {
    gateway.close();
  }
}
