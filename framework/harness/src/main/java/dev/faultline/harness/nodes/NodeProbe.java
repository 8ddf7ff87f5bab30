package dev.faultline.harness.nodes;

import dev.faultline.harness.Cluster;
import dev.faultline.node.process.ProbeDial;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One probe, put together from what both ends say of it. It passed when the receiver saw it; what
 * the sender says is detail. Both ends stamp with the monotonic clock of one machine; where their
 * difference is impossible, the time until the harness heard of it stands instead, which is longer.
 */
final class NodeProbe implements ProbeDial.Listener {
  /** How long a word of the receiver may take after the sender's last. */
  private static final Duration GRACE = Duration.ofMillis(250);

  private static final AtomicLong IDS = new AtomicLong();

  private final long id = IDS.incrementAndGet();
  private final long began = System.nanoTime();
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private @Nullable Long sending;
  private @Nullable Long senderClosed;
  private @Nullable Long seen;
  private @Nullable Long seenHeard;
  private @Nullable Long receiverClosed;
  private @Nullable Long echoSeen;
  private @Nullable Long echoed;
  private @Nullable String how;
  private boolean receiverDown;

  NodeProbe(Duration within) {
    var unused = over.completeOnTimeout(null, within.toMillis(), TimeUnit.MILLISECONDS);
  }

  long id() {
    return id;
  }

  /** Dials from this JVM. */
  void dial(String from, InetSocketAddress through, int bytes, boolean echo, Duration within) {
    Thread.ofVirtual()
        .name("probe of " + from)
        .start(() -> ProbeDial.run(from, through, id, bytes, echo, within.toMillis(), this));
  }

  /** The receiver cannot say anything; what the sender meets is still of interest. */
  synchronized void receiverDown(String node) {
    receiverDown = true;
    over("receiver " + node + " is not running");
  }

  @Override
  public synchronized void sending(long nanos) {
    sending = nanos;
  }

  @Override
  public synchronized void closed(long nanos) {
    senderClosed = nanos;
    settle();
  }

  @Override
  public synchronized void echoed(long seenNanos, long nanos) {
    echoSeen = seenNanos;
    echoed = nanos;
    settle();
  }

  @Override
  public synchronized void over(String how) {
    if (this.how == null) {
      this.how = how;
    }
    settle();
    var unused = over.completeOnTimeout(null, GRACE.toMillis(), TimeUnit.MILLISECONDS);
  }

  synchronized void receiverSaw(long nanos) {
    seen = nanos;
    seenHeard = System.nanoTime();
    settle();
  }

  synchronized void receiverSawClose(long nanos) {
    receiverClosed = nanos;
    settle();
  }

  private void settle() {
    boolean echoHome = echoed != null && how != null;
    boolean arrived = seen != null && receiverClosed != null && how != null;
    boolean refused = how != null && how.equals("refused");
    if (echoHome || arrived || refused || receiverDown) {
      over.complete(null);
    }
  }

  /** Towards the receiver. */
  CompletableFuture<Cluster.Probe> result() {
    return over.thenApply(done -> oneWay());
  }

  /** From the receiver back; empty if it was never asked. */
  CompletableFuture<Optional<Cluster.Probe>> echoResult() {
    return over.thenApply(done -> echo());
  }

  /** To a receiver that only answers, or back. */
  CompletableFuture<Optional<Cluster.Probe>> timeResult(boolean there) {
    return over.thenApply(done -> time(there));
  }

  private synchronized Cluster.Probe oneWay() {
    Map<String, @Nullable Object> detail = new LinkedHashMap<>();
    Long closed = receiverClosed;
    Long ended = senderClosed;
    if (closed != null && ended != null) {
      detail.put("closeNanos", Math.max(0, closed - ended));
    }
    Long at = seen;
    Long heard = seenHeard;
    if (at == null || heard == null) {
      return new Cluster.Probe(false, 0, "probe", why(detail));
    }
    return new Cluster.Probe(true, between(sending, at, heard, detail), "probe", detail);
  }

  private synchronized Optional<Cluster.Probe> echo() {
    Map<String, @Nullable Object> detail = new LinkedHashMap<>();
    // What came home says itself when the asking was seen; the node's own report may be slower.
    Long asked = echoSeen != null ? echoSeen : seen;
    if (asked == null) {
      return Optional.empty();
    }
    Long home = echoed;
    return Optional.of(
        home == null
            ? new Cluster.Probe(false, 0, "probe", why(detail))
            : new Cluster.Probe(true, between(asked, home, home, detail), "probe", detail));
  }

  private synchronized Optional<Cluster.Probe> time(boolean there) {
    Map<String, @Nullable Object> detail = new LinkedHashMap<>();
    Long sent = sending;
    Long turned = echoSeen;
    Long home = echoed;
    if (sent == null || turned == null || home == null) {
      return Optional.empty();
    }
    long nanos =
        there
            ? between(sent, turned, System.nanoTime(), detail)
            : between(turned, home, System.nanoTime(), detail);
    return Optional.of(new Cluster.Probe(true, nanos, "probe", detail));
  }

  private Map<String, @Nullable Object> why(Map<String, @Nullable Object> detail) {
    detail.put("why", how == null ? sending == null ? "sender silent" : "sent, not seen" : how);
    return detail;
  }

  private long between(
      @Nullable Long from, long to, long heard, Map<String, @Nullable Object> detail) {
    long whole = heard - began;
    long nanos = from == null ? -1 : to - from;
    if (nanos >= 0 && nanos <= whole) {
      return nanos;
    }
    detail.put("timedBy", "harness");
    return whole;
  }
}
