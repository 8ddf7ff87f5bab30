package dev.faultline.targets.etcd;

import dev.faultline.harness.Client;
import dev.faultline.harness.Client.Context;
import dev.faultline.harness.Client.Invocation;
import dev.faultline.harness.Client.Result;
import dev.faultline.harness.Client.Session;
import dev.faultline.workloads.register.RegisterSession;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Registers as keys. Its only server is the one it is pinned to, so that a server which was cut off
 * is asked too. What fails is what the server compared and found different, and what was never
 * sent; everything else is unknown, time-outs that the server tells included.
 */
final class RegisterClient implements Client.Blocking {
  /**
   * {@code not sent}: no connection came about, so that no byte of the request was written. {@code
   * mismatch}: the transaction's comparison was false, so that the server carried out its other
   * branch, which is empty (etcd.io, docs v3.4, learning/api, transaction).
   */
  @Override
  public Set<String> definite(String f) {
    return f.equals("cas")
        ? Set.of(Gateway.NOT_SENT, RegisterSession.MISMATCH)
        : Set.of(Gateway.NOT_SENT);
  }

  @Override
  public boolean hosted() {
    return false;
  }

  @Override
  public Session open(Context context) throws IOException, InterruptedException {
    Gateway gateway = new Gateway(context.server());
    try {
      gateway.greet();
    } catch (IOException | InterruptedException e) {
      gateway.close();
      throw e;
    }
    return new Keys(gateway, context.options().get("reads"));
  }

  /** Keys over one connection. */
  static final class Keys implements RegisterSession {
    private final Gateway gateway;
    private final Store store;
    private final boolean serializable;

    Keys(Gateway gateway, @Nullable String reads) {
      this.gateway = gateway;
      this.store = new Store(gateway);
      this.serializable = "serializable".equals(reads);
    }

    @Override
    public Result invoke(Invocation op) throws Exception {
      try {
        return RegisterSession.super.invoke(op);
      } catch (Gateway.UnsentException e) {
        return new Result.Fail(String.valueOf(e.getMessage()));
      } catch (IOException e) {
        return new Result.Info(e.getMessage() == null ? e.toString() : e.getMessage());
      }
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
}
