package dev.faultline.targets.zookeeper;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.faultline.harness.Client.Context;
import dev.faultline.workloads.register.RegisterSession;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/**
 * Registers as nodes of the tree, at the one server that the client is pinned to, so that a server
 * which was cut off is asked too. Nothing is tried again.
 */
final class Registers implements RegisterSession {
  private final ZooKeeper session;
  private final boolean sync;

  Registers(Context context) throws Exception {
    this.session = Connections.plain(context);
    this.sync = "sync".equals(context.options().get("reads"));
  }

  @Override
  public @Nullable Long read(String key) throws Exception {
    return read(key, new Stat());
  }

  private @Nullable Long read(String key, Stat stat) throws Exception {
    if (sync) {
      CompletableFuture<Code> done = new CompletableFuture<>();
      session.sync("/" + key, (code, path, ctx) -> done.complete(Code.get(code)), null);
      Code code = done.get();
      if (code != Code.OK) {
        throw KeeperException.create(code, key);
      }
    }
    try {
      return Long.valueOf(new String(session.getData("/" + key, false, stat), UTF_8));
    } catch (KeeperException.NoNodeException e) {
      return null;
    }
  }

  @Override
  public void write(String key, long value) throws Exception {
    try {
      set(key, value, -1);
    } catch (KeeperException.NoNodeException first) {
      try {
        create(key, value);
      } catch (KeeperException.NodeExistsException another) {
        set(key, value, -1);
      }
    }
  }

  /** Reads value and version, and writes if the version is still the same. */
  @Override
  public boolean compareAndSet(String key, @Nullable Long expected, long value) throws Exception {
    Stat stat = new Stat();
    Long found = read(key, stat);
    if (!Objects.equals(found, expected)) {
      return false;
    }
    try {
      if (found == null) {
        create(key, value);
      } else {
        set(key, value, stat.getVersion());
      }
      return true;
    } catch (KeeperException.BadVersionException | KeeperException.NodeExistsException e) {
      return false;
    }
  }

  private void create(String key, long value) throws Exception {
    String unused =
        session.create("/" + key, bytes(value), Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
  }

  private void set(String key, long value, int version) throws Exception {
    Stat unused = session.setData("/" + key, bytes(value), version);
  }

  private static byte[] bytes(long value) {
    return Long.toString(value).getBytes(UTF_8);
  }

  @Override
  public void close() throws InterruptedException {
    session.close();
  }
}
