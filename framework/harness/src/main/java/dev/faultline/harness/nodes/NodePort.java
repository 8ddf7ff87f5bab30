package dev.faultline.harness.nodes;

import dev.faultline.harness.Cluster;
import dev.faultline.harness.Environment;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The harness's side of a kit node's control connection, over all incarnations of its process. For
 * any thread; nothing but {@link #dial} blocks.
 */
public final class NodePort implements AutoCloseable {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);
  private static final int READINGS = 5;

  private final String node;
  private final Environment.NodeEvents events;
  private @Nullable NodeConnection connection;
  private @Nullable NodeConnection last;
  private Cluster.ClockState clock = Cluster.ClockState.TRUE;
  private long frozenAt;
  private final DiskPort disk = new DiskPort();

  /**
   * @param node its name, under which its events are reported
   */
  public NodePort(String node, Environment.NodeEvents events) {
    this.node = node;
    this.events = events;
  }

  /**
   * Connects to a fresh incarnation, trying until it listens, lets the node start, and returns when
   * it has: from then on it takes messages.
   *
   * @throws IOException if it does not within this time
   */
  public void dial(InetSocketAddress control, Duration within) throws IOException {
    long end = System.nanoTime() + within.toNanos();
    connect(control, within);
    begin(Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime())));
  }

  /**
   * The first half of {@link #dial}: the process listens, also for other nodes, and the node has
   * not started. So nodes can be let begin when all of them listen.
   *
   * @throws IOException if it does not within this time
   */
  public void connect(InetSocketAddress control, Duration within) throws IOException {
    long end = System.nanoTime() + within.toNanos();
    while (true) {
      String why;
      Socket socket = new Socket();
      try {
        socket.connect(
            new InetSocketAddress(control.getHostString(), control.getPort()), left(end));
        socket.setTcpNoDelay(true);
        NodeConnection fresh =
            new NodeConnection(node, events, socket, this::detach, disk::damaged);
        attach(fresh);
        // A port that a container engine publishes accepts before the node listens.
        if (fresh.awaitListening(left(end))) {
          disk.attach(fresh);
          return;
        }
        why = "it hung up before it said anything";
      } catch (IOException e) {
        why = String.valueOf(e.getMessage());
        socket.close();
      }
      if (System.nanoTime() - end >= 0) {
        throw new IOException("%s at %s: %s".formatted(node, control, why));
      }
      try {
        TimeUnit.MILLISECONDS.sleep(10);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(node + " at " + control + ": interrupted", e);
      }
    }
  }

  /**
   * The second half of {@link #dial}: the node starts.
   *
   * @throws IOException if it does not within this time
   */
  public void begin(Duration within) throws IOException {
    NodeConnection now = connection();
    if (now != null) {
      disk.begin(now);
    }
    if (now == null || !now.begin((int) Math.max(1, within.toMillis()))) {
      throw new IOException(node + ": its process ended before the node had started");
    }
  }

  /** Completes when the last connection, if any, has ended and all its events were reported. */
  public synchronized CompletableFuture<Void> ended() {
    return last == null ? CompletableFuture.completedFuture(null) : last.ended();
  }

  /** Whether an incarnation is connected. */
  public boolean connected() {
    return connection() != null;
  }

  /** How the clock was last set: a fresh incarnation is to start with it. */
  public synchronized Cluster.ClockState clock() {
    return clock;
  }

  /** Nanoseconds since 1970 at which the wall clock was frozen, or 0: likewise. */
  public synchronized long frozenAt() {
    return frozenAt;
  }

  /** Sets how wrong the node's clock is, absolutely; a node that is down starts with it. */
  public CompletableFuture<Void> steer(Cluster.ClockState state) {
    NodeConnection now;
    synchronized (this) {
      frozenAt =
          !state.frozen()
              ? 0
              : clock.frozen() ? frozenAt : NodeConnection.wall() + state.offsetNanos();
      clock = state;
      now = connection;
    }
    return now == null
        ? CompletableFuture.completedFuture(null)
        : now.ask(
                "steer",
                "offset",
                state.offsetNanos(),
                "drift",
                state.driftPpm(),
                "frozen",
                state.frozen())
            .orTimeout(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
            .thenApply(answer -> null);
  }

  /** Lets the faults in the node's process stay for this much longer. */
  public void renew(Duration lease) {
    NodeConnection now = connection();
    if (now != null) {
      now.renew(lease);
    }
  }

  /** The node's disk, over all incarnations. */
  public DiskPort disk() {
    return disk;
  }

  /** Reads the node's clock against this machine's: the most exact of a few readings. */
  public CompletableFuture<Cluster.ClockReading> readClock() {
    NodeConnection now = connection();
    return now == null
        ? CompletableFuture.failedFuture(new IOException(node + " is not running"))
        : read(now, null, READINGS).orTimeout(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static CompletableFuture<Cluster.ClockReading> read(
      NodeConnection from, Cluster.@Nullable ClockReading best, int left) {
    return from.readClock()
        .thenCompose(reading -> {
          Cluster.ClockReading better =
              best == null || reading.uncertaintyNanos() < best.uncertaintyNanos() ? reading : best;
          return left > 1
              ? read(from, better, left - 1)
              : CompletableFuture.completedFuture(better);
        });
  }

  /**
   * Sees whether bytes pass from this node to another: this node dials a fresh connection through
   * its usual path, and what proves it is that the other one reports the bytes. Completes in about
   * that time at most.
   */
  public CompletableFuture<Cluster.Probe> probe(NodePort to, int bytes, Duration within) {
    NodeProbe probe = new NodeProbe(within);
    to.expect(probe);
    NodeConnection now = connection();
    if (now == null) {
      probe.over(node + " is not running");
    } else {
      now.probe(probe, to.node, bytes, within, false);
    }
    return probe.result();
  }

  /**
   * Sees whether bytes pass from a client inside the harness to this node.
   *
   * @param through where that client dials this node
   */
  public CompletableFuture<Cluster.Probe> probeFrom(
      String client, InetSocketAddress through, int bytes, Duration within) {
    NodeProbe probe = new NodeProbe(within);
    expect(probe);
    probe.dial(client, through, bytes, false, within);
    return probe.result();
  }

  /**
   * Sees whether bytes pass from this node to a client inside the harness: the client asks for
   * them. Empty if the asking did not come through, so that nothing is known of the way back.
   *
   * @param through where that client dials this node
   */
  public CompletableFuture<Optional<Cluster.Probe>> probeTo(
      String client, InetSocketAddress through, int bytes, Duration within) {
    NodeProbe probe = new NodeProbe(within);
    expect(probe);
    probe.dial(client, through, bytes, true, within);
    return probe.echoResult();
  }

  /**
   * Sees whether bytes pass to the time server that this node follows, or back: the node sends some
   * and asks for as many. Empty if they did not come back, so that it is not known which way they
   * were lost.
   *
   * @param there whether the way to the server is meant
   */
  public CompletableFuture<Optional<Cluster.Probe>> probeTime(
      boolean there, int bytes, Duration within) {
    NodeProbe probe = new NodeProbe(within);
    NodeConnection now = connection();
    if (now == null) {
      probe.over(node + " is not running");
    } else {
      now.probe(probe, "time", bytes, within, true);
    }
    return probe.timeResult(there);
  }

  /** Asks the node to end gracefully. */
  public void stop() {
    NodeConnection now = connection();
    if (now != null) {
      now.stop();
    }
  }

  /** Ends the connection, and so the node's process. */
  @Override
  public void close() {
    NodeConnection now = connection();
    if (now != null) {
      now.close("closed");
    }
  }

  private void expect(NodeProbe probe) {
    NodeConnection now = connection();
    if (now == null) {
      probe.receiverDown(node);
    } else {
      now.expect(probe);
    }
  }

  private synchronized @Nullable NodeConnection connection() {
    return connection;
  }

  private synchronized void attach(NodeConnection fresh) {
    connection = fresh;
    last = fresh;
    fresh.start();
  }

  private synchronized void detach(NodeConnection gone) {
    if (connection == gone) {
      connection = null;
    }
  }

  private static int left(long end) {
    return (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()));
  }
}
