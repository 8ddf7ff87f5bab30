package dev.faultline.targets.zookeeper;

import dev.faultline.harness.Client.Context;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryNTimes;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooKeeper;

/** Sessions with ZooKeeper; for hosts alone, which have the libraries. */
final class Connections {
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(2);

  /** Declared: a recipe tries an operation again so often when the connection is lost. */
  private static final RetryNTimes RETRIES = new RetryNTimes(3, 200);

  private Connections() {}

  /** ZooKeeper's own client, which tries no operation again, with the server of this client. */
  static ZooKeeper plain(Context context) throws IOException, InterruptedException {
    CountDownLatch connected = new CountDownLatch(1);
    ZooKeeper session =
        new ZooKeeper(
            text(context.server()),
            (int) ZooKeeperTarget.SILENCE.toMillis(),
            event -> {
              if (event.getState() == KeeperState.SyncConnected) {
                connected.countDown();
              }
            });
    try {
      if (connected.await(CONNECT_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
        return session;
      }
    } catch (InterruptedException e) {
      session.close();
      throw e;
    }
    session.close();
    throw new IOException(context.node() + " takes no session");
  }

  /** Curator with all servers, as its users have it: it goes to another when one is lost. */
  static CuratorFramework recipes(Context context) throws IOException, InterruptedException {
    CuratorFramework curator =
        CuratorFrameworkFactory.newClient(
            context.endpoints().values().stream()
                .map(Connections::text)
                .collect(Collectors.joining(",")),
            (int) ZooKeeperTarget.SILENCE.toMillis(),
            (int) CONNECT_WITHIN.toMillis(),
            RETRIES);
    curator.start();
    try {
      if (curator.blockUntilConnected(
          (int) ZooKeeperTarget.SILENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        return curator;
      }
    } catch (InterruptedException e) {
      curator.close();
      throw e;
    }
    curator.close();
    throw new IOException("no server takes a session");
  }

  private static String text(InetSocketAddress address) {
    return address.getHostString() + ":" + address.getPort();
  }
}
