package dev.faultline.harness;

import dev.faultline.node.Message;
import dev.faultline.spec.Link;
import dev.faultline.spec.Trouble;
import dev.faultline.spec.Unsynced;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The running nodes of one run. Every call returns at once and completes later, on any thread,
 * within a bound of its own; a call that cannot be carried out completes with an {@link
 * EnvironmentException}. Nodes here are the deployment's and, where clients are hosted, the hosts.
 */
public interface Cluster {
  /** Starts everything and completes when it is usable. */
  CompletableFuture<Void> start();

  /** Versions and means that the run should record, such as which proxy carries the links. */
  Map<String, String> versions();

  /** Where each node runs, for a person who wants to look at it; empty where nobody can. */
  default Map<String, String> places() {
    return Map.of();
  }

  /** The directed links between nodes, and between clients and their nodes. */
  List<Link> links();

  /** Connects a codec client to its node; the listener is called from any thread. */
  Channel connect(String client, String node, ChannelListener listener);

  /** Where a blocking client inside the harness reaches each node, through its own links. */
  Map<String, InetSocketAddress> endpoints(String client);

  /** The host of a hosted client. */
  Host host(String client, String node);

  /** SIGKILL. Completes with proof: the process id that is gone. */
  CompletableFuture<Map<String, @Nullable Object>> kill(String node);

  /**
   * Asks a node to end and waits till it has, a while; completes with proof: its exit status, and
   * the process id that is gone.
   */
  default CompletableFuture<Map<String, @Nullable Object>> stop(String node) {
    return CompletableFuture.failedFuture(
        new EnvironmentException(node + ": nodes are not asked to end here"));
  }

  /** Starts a killed node again, with its disk; completes with proof when it is up. */
  CompletableFuture<Map<String, @Nullable Object>> restart(String node);

  /** Freezes a node; completes with proof: the state that the kernel or the engine shows. */
  CompletableFuture<Map<String, @Nullable Object>> pause(String node);

  /** Lets a frozen node go on; completes with proof. */
  CompletableFuture<Map<String, @Nullable Object>> resume(String node);

  /** Sets the state of links, absolutely; links that are not named keep theirs. */
  CompletableFuture<Void> setLinks(Map<Link, LinkState> states);

  /**
   * Sees whether bytes pass in one direction, and how fast.
   *
   * @param bytes how many to send, at least 1; so that a slow link shows how slow
   */
  CompletableFuture<Probe> probe(Link link, int bytes, Duration within);

  /**
   * As {@link #probe}, of few bytes, while nothing is wrong with the link; sends nothing where it
   * is known without.
   */
  default CompletableFuture<Probe> glance(Link link, Duration within) {
    return probe(link, 64, within);
  }

  /**
   * What a link did to the messages of nodes and clients since the start; probes are not counted.
   * Nothing, where links are streams that do no such thing.
   */
  default CompletableFuture<Tally> tally(Link link) {
    return CompletableFuture.completedFuture(Tally.NONE);
  }

  /**
   * As {@link #kill(String)}, with this done to what is not synced; waits a while until there is
   * something. The proof's {@code lost} is how many writes did not survive whole. After {@link
   * Unsynced#WIPE} it is the proof of the restart that says in {@code wiped} how many files were
   * removed, and in {@code files} how many the node finds.
   */
  default CompletableFuture<Map<String, @Nullable Object>> kill(String node, Unsynced unsynced) {
    return unsynced == Unsynced.KEEP_PREFIX
        ? kill(node)
        : CompletableFuture.failedFuture(
            new EnvironmentException("unsynced writes cannot be lost here; only --env sim can"));
  }

  /**
   * Does what the system itself offers, or takes it back.
   *
   * @param begin false to take it back
   * @return proof, from the system
   */
  default CompletableFuture<Map<String, @Nullable Object>> administer(
      String action, String node, boolean begin) {
    return CompletableFuture.failedFuture(
        new EnvironmentException("this target offers no 'admin." + action + "'"));
  }

  /** Sets what is wrong with a node's disk, absolutely; it stays so when the node restarts. */
  default CompletableFuture<Void> setDisk(String node, Trouble trouble) {
    return CompletableFuture.failedFuture(
        new EnvironmentException("disks are left alone here; only --env sim can"));
  }

  /** What a node's disk did wrong since the start. */
  default Damage damage(String node) {
    return Damage.NONE;
  }

  /**
   * The harness goes on: faults stay for this much longer. If this is not called again in time,
   * they are taken back where they are: by the nodes and by the warden. Returns at once. Nothing
   * where the harness's death ends everything.
   */
  default void renew(Duration lease) {}

  /** Sets how a node's clock is wrong, absolutely, by steering it. */
  CompletableFuture<Void> setClock(String node, ClockState state);

  /** Reads a node's clock as the node sees it. */
  CompletableFuture<ClockReading> readClock(String node);

  /** Stops everything; never fails, and is bounded. What could not be stopped is returned. */
  CompletableFuture<List<String>> close();

  /** One connection of a codec client. */
  interface Channel {
    /** Sends; what cannot be sent is lost, and the listener hears of the close. */
    void send(Message message);

    void close();
  }

  /** Hears from a channel. */
  interface ChannelListener {
    void message(Message message);

    /** It is gone; what was sent may or may not have arrived. */
    void closed(String reason);
  }

  /** A hosted client. */
  interface Host {
    /** Carries one operation out; the answer comes at most once, from any thread. */
    void invoke(Client.Invocation op, Consumer<Client.Result> answer);

    /** Gives the connection up and opens a fresh one. */
    void reopen();
  }

  /**
   * What a probe saw.
   *
   * @param passed whether something came through in time
   * @param nanos how long it took; 0 if nothing came, or if only counters could be read
   * @param means how it was seen: {@code probe} inside the node, or the proxy's {@code counters}
   * @param detail for the receipt; {@code closeNanos} is how long after the sender's close the end
   *     of the stream was seen, where that can be seen
   */
  record Probe(boolean passed, long nanos, String means, Map<String, @Nullable Object> detail) {}

  /**
   * What became of single messages on a link, counted when it happens.
   *
   * @param lost by chance, not by a cut
   * @param duplicated that arrived a second time
   * @param overtaken that arrived after one sent later
   * @param corrupted of which a byte was changed
   * @param resets of connections, by this link's fault
   * @param carried all that was sent into the link: messages, or bytes where only these are known
   */
  record Tally(
      long lost, long duplicated, long overtaken, long corrupted, long resets, long carried) {
    public static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0);

    /** What came after an earlier count. */
    public Tally since(Tally earlier) {
      return new Tally(
          lost - earlier.lost,
          duplicated - earlier.duplicated,
          overtaken - earlier.overtaken,
          corrupted - earlier.corrupted,
          resets - earlier.resets,
          carried - earlier.carried);
    }
  }

  /**
   * What a disk did wrong, counted when it happens.
   *
   * @param stalled syncs that did not end when they should have
   * @param failed syncs that failed
   * @param flipped bytes of synced content
   * @param slowed syncs that took longer
   * @param recovered syncs that succeeded after what was wrong had ended; the first few each time
   */
  record Damage(long stalled, long failed, long flipped, long slowed, long recovered) {
    public static final Damage NONE = new Damage(0, 0, 0, 0, 0);

    /** What came after an earlier count. */
    public Damage since(Damage earlier) {
      return new Damage(
          stalled - earlier.stalled,
          failed - earlier.failed,
          flipped - earlier.flipped,
          slowed - earlier.slowed,
          recovered - earlier.recovered);
    }

    /** Whether a sync met trouble. */
    public boolean harmful() {
      return stalled + failed + slowed > 0;
    }
  }

  /**
   * How a clock is wrong.
   *
   * @param frozen wall time stands where it was when this was set first
   */
  record ClockState(long offsetNanos, long driftPpm, boolean frozen) {
    public static final ClockState TRUE = new ClockState(0, 0);

    /** A clock that goes. */
    public ClockState(long offsetNanos, long driftPpm) {
      this(offsetNanos, driftPpm, false);
    }
  }

  /**
   * A node's clock against the harness's.
   *
   * @param skewNanos node's wall time minus true wall time
   * @param uncertaintyNanos bound of the reading's error, either way
   * @param monotonic the node's monotonic clock, to measure its rate by two readings
   * @param at when it was read, on the harness's monotonic clock ({@link System#nanoTime} in real
   *     time)
   */
  record ClockReading(long skewNanos, long uncertaintyNanos, long monotonic, long at) {}
}
