package dev.faultline.targets.zookeeper;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.faultline.harness.Client.Context;
import dev.faultline.harness.Client.Events;
import dev.faultline.harness.Client.Invocation;
import dev.faultline.harness.Client.Result;
import dev.faultline.harness.Client.Session;
import dev.faultline.json.Durations;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.locks.InterProcessMutex;
import org.apache.zookeeper.KeeperException;

/**
 * Increments a counter under Curator's {@code InterProcessMutex}: acquire, read, sleep, write,
 * release. The write carries no proof that the lock is still held.
 */
final class LockedCounter implements Session {
  private static final String COUNTER = "/counter";
  static final String NO_LOCK = "no lock";
  static final String NO_READ = "no read: ";
  private static final long LOCK_WITHIN_SECONDS = 30;

  private final CuratorFramework curator;
  private final InterProcessMutex mutex;
  private final Duration work;
  private final Events events;

  LockedCounter(Context context) throws Exception {
    String asked = context.options().get("work");
    this.work = asked == null ? Duration.ofMillis(150) : Durations.parse(asked);
    this.events = context.events();
    this.curator = Connections.recipes(context);
    this.mutex = new InterProcessMutex(curator, "/lock");
  }

  @Override
  public Result invoke(Invocation op) throws Exception {
    return switch (op.f()) {
      case "increment" -> increment();
      case "read" -> {
        curator.sync().forPath("/");
        yield new Result.Ok(read());
      }
      default -> throw new IllegalArgumentException("no function '" + op.f() + "'");
    };
  }

  private long read() throws Exception {
    try {
      return Long.parseLong(new String(curator.getData().forPath(COUNTER), UTF_8));
    } catch (KeeperException.NoNodeException e) {
      return 0;
    }
  }

  private Result increment() throws Exception {
    long from;
    try {
      if (!mutex.acquire(LOCK_WITHIN_SECONDS, TimeUnit.SECONDS)) {
        return new Result.Fail(NO_LOCK);
      }
    } catch (KeeperException e) {
      return new Result.Fail(NO_LOCK + ": " + e.getMessage());
    }
    try {
      try {
        from = read();
      } catch (KeeperException e) {
        return new Result.Fail(NO_READ + e.getMessage());
      }
      events.event("holding", Map.of("value", from));
      TimeUnit.NANOSECONDS.sleep(work.toNanos());
      byte[] next = Long.toString(from + 1).getBytes(UTF_8);
      curator.create().orSetData().forPath(COUNTER, next);
    } finally {
      release();
    }
    return new Result.Ok(Map.of("from", from, "to", from + 1));
  }

  /** Whether that comes through changes nothing of what was written. */
  private void release() throws InterruptedException {
    try {
      mutex.release();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception theSessionWillEndIt) {
      // Curator itself goes on deleting its node.
    }
  }

  @Override
  public void close() {
    curator.close();
  }
}
