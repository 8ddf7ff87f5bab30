package dev.faultline.targets.zookeeper;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.faultline.harness.Client;
import dev.faultline.harness.Client.Context;
import dev.faultline.harness.Client.Invocation;
import dev.faultline.harness.Client.Result;
import dev.faultline.harness.Client.Session;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/**
 * Registers as nodes of the tree. A compare-and-set reads value and version and writes if the
 * version is still the same. What fails is what the server refused for its version, and what was
 * not tried; everything that is thrown is unknown.
 */
record RegisterClient(List<String> libraries) implements Client.Blocking {
  @Override
  public boolean hosted() {
    return true;
  }

  @Override
  public Session open(Context context) throws Exception {
    return new Registers(Connections.plain(context), "sync".equals(context.options().get("reads")));
  }

  private record Registers(ZooKeeper session, boolean sync) implements Session {
    @Override
    public Result invoke(Invocation op) throws Exception {
      String path = "/" + op.key();
      return switch (op.f()) {
        case "read" -> new Result.Ok(read(path, new Stat()));
        case "write" -> write(path, bytes(op.value()));
        case "cas" -> {
          if (!(op.value() instanceof List<?> pair) || pair.size() != 2) {
            throw new IllegalArgumentException("cas wants [expected, new], not " + op.value());
          }
          yield compareAndSet(path, pair.get(0), bytes(pair.get(1)));
        }
        default -> throw new IllegalArgumentException("no function '" + op.f() + "'");
      };
    }

    private @Nullable Long read(String path, Stat stat) throws Exception {
      if (sync) {
        CompletableFuture<Integer> done = new CompletableFuture<>();
        session.sync(path, (code, p, context) -> done.complete(code), null);
        Code code = Code.get(answer(done));
        if (code != Code.OK) {
          throw KeeperException.create(code, path);
        }
      }
      try {
        return Long.valueOf(new String(session.getData(path, false, stat), UTF_8));
      } catch (KeeperException.NoNodeException e) {
        return null;
      }
    }

    private static int answer(CompletableFuture<Integer> done)
        throws InterruptedException, ExecutionException {
      return done.get();
    }

    private Result write(String path, byte[] value) throws Exception {
      try {
        session.setData(path, value, -1);
      } catch (KeeperException.NoNodeException first) {
        try {
          create(path, value);
        } catch (KeeperException.NodeExistsException another) {
          session.setData(path, value, -1);
        }
      }
      return new Result.Ok(null);
    }

    private void create(String path, byte[] value) throws Exception {
      String unused = session.create(path, value, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
    }

    private Result compareAndSet(String path, @Nullable Object expected, byte[] value)
        throws Exception {
      Stat stat = new Stat();
      Long found = read(path, stat);
      if (!Objects.equals(found, expected)) {
        return new Result.Fail("not tried: it reads as " + found);
      }
      try {
        if (found == null) {
          create(path, value);
        } else {
          session.setData(path, value, stat.getVersion());
        }
        return new Result.Ok(null);
      } catch (KeeperException.BadVersionException | KeeperException.NodeExistsException e) {
        return new Result.Fail("mismatch");
      }
    }

    private static byte[] bytes(@Nullable Object value) {
      if (value instanceof Long number) {
        return number.toString().getBytes(UTF_8);
      }
      throw new IllegalArgumentException("want a whole number, found " + value);
    }

    @Override
    public void close() throws InterruptedException {
      session.close();
    }
  }
}
