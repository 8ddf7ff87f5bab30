package dev.faultline.targets.etcd;

import dev.faultline.harness.Client;
import dev.faultline.harness.Client.Context;
import dev.faultline.harness.Client.Invocation;
import dev.faultline.harness.Client.Result;
import dev.faultline.harness.Client.Session;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Registers as keys. Its only server is the one it is pinned to, so that a server which was cut off
 * is asked too. What fails is what the server compared and found different, and what was never
 * sent; everything else is unknown, time-outs that the server tells included.
 */
final class RegisterClient implements Client.Blocking {
  @Override
  public boolean hosted() {
    return false;
  }

  @Override
  public Session open(Context context) throws IOException, InterruptedException {
    Gateway gateway = new Gateway(server(context));
    try {
      gateway.greet();
    } catch (IOException | InterruptedException e) {
      gateway.close();
      throw e;
    }
    return new Registers(gateway, context.options().get("reads"));
  }

  static InetSocketAddress server(Context context) {
    InetSocketAddress server = context.endpoints().get(context.node());
    if (server == null) {
      throw new IllegalArgumentException(
          context.client() + ": no way to " + context.node() + " among " + context.endpoints());
    }
    return server;
  }

  /** Registers over one connection. */
  static final class Registers implements Session {
    private final Gateway gateway;
    private final Store store;
    private final boolean serializable;

    Registers(Gateway gateway, @Nullable String reads) {
      this.gateway = gateway;
      this.store = new Store(gateway);
      this.serializable = "serializable".equals(reads);
    }

    @Override
    public Result invoke(Invocation op) throws InterruptedException {
      String key = String.valueOf(op.key());
      try {
        return switch (op.f()) {
          case "read" -> new Result.Ok(store.get(key, serializable));
          case "write" -> {
            store.put(key, number(op.value()));
            yield new Result.Ok(null);
          }
          case "cas" -> {
            if (!(op.value() instanceof List<?> pair) || pair.size() != 2) {
              throw new IllegalArgumentException("cas wants [expected, new], not " + op.value());
            }
            Long expected = pair.get(0) == null ? null : number(pair.get(0));
            yield store.compareAndSet(key, expected, number(pair.get(1)))
                ? new Result.Ok(null)
                : new Result.Fail("mismatch");
          }
          default -> throw new IllegalArgumentException("no function '" + op.f() + "'");
        };
      } catch (Gateway.UnsentException e) {
        return new Result.Fail(String.valueOf(e.getMessage()));
      } catch (IOException e) {
        return new Result.Info(e.getMessage() == null ? e.toString() : e.getMessage());
      }
    }

    private static long number(@Nullable Object value) {
      if (value instanceof Long number) {
        return number;
      }
      throw new IllegalArgumentException("want a whole number, found " + value);
    }

    @Override
    public void close() {
      gateway.close();
    }
  }
}
