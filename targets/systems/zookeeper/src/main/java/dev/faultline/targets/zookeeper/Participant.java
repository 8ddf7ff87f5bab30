package dev.faultline.targets.zookeeper;

import dev.faultline.harness.Client.Context;
import dev.faultline.harness.Client.Invocation;
import dev.faultline.harness.Client.Result;
import dev.faultline.harness.Client.Session;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.curator.framework.recipes.leader.LeaderLatchListener;

/**
 * A participant of an election by Curator's {@code LeaderLatch}. Its terms are numbered by how
 * often it has lost: the latch tells of a loss before it wins again.
 */
final class Participant implements Session, LeaderLatchListener {
  static final String NO_LEADER = "it does not lead";

  private final Context context;
  private final CuratorFramework curator;
  private final AtomicLong losses = new AtomicLong();
  private LeaderLatch latch;

  Participant(Context context) throws Exception {
    this.context = context;
    this.curator = Connections.recipes(context);
    this.latch = join();
  }

  private LeaderLatch join() throws Exception {
    LeaderLatch fresh = new LeaderLatch(curator, "/leader", context.client());
    fresh.addListener(this);
    fresh.start();
    return fresh;
  }

  @Override
  public Result invoke(Invocation op) throws Exception {
    return switch (op.f()) {
      case "leader?" -> leads();
      case "resign" -> resign();
      default -> throw new IllegalArgumentException("no function '" + op.f() + "'");
    };
  }

  /** One step: between two equal counts it led at some instant, in one term. */
  private Result leads() {
    while (true) {
      long before = losses.get();
      boolean leads = latch.hasLeadership();
      if (!leads) {
        return new Result.Ok(Map.of("leader", false, "who", context.client()));
      }
      if (losses.get() == before) {
        return new Result.Ok(Map.of("leader", true, "term", before + 1, "who", context.client()));
      }
    }
  }

  private Result resign() throws Exception {
    if (!latch.hasLeadership()) {
      return new Result.Fail(NO_LEADER);
    }
    latch.close(LeaderLatch.CloseMode.NOTIFY_LEADER);
    latch = join();
    return new Result.Ok(null);
  }

  @Override
  public void isLeader() {
    context.events().event("elected", Map.of("term", losses.get() + 1));
  }

  @Override
  public void notLeader() {
    long unused = losses.incrementAndGet();
  }

  @Override
  public void close() throws IOException {
    try {
      latch.close();
    } finally {
      curator.close();
    }
  }
}
