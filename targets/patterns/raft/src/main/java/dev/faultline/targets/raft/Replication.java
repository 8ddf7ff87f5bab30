package dev.faultline.targets.raft;

import dev.faultline.node.Message;
import dev.faultline.node.Timers;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The leader's side of the log (paper, 5.3 and 5.4.2). A message carries one entry at most, and the
 * next goes out when the last was answered or at the next heartbeat. Every message has the number
 * of a round, by which {@link Reads} learns that a majority still follows.
 */
final class Replication {
  private final Server server;
  private final Map<String, Peer> peers = new LinkedHashMap<>();
  private Runnable progress = () -> {};
  private Timers.@Nullable Timer beat;
  private long own;
  private long round;

  /** What the leader knows of another node. */
  private static final class Peer {
    long next;
    long match;
    long round;
    long heard;
    boolean busy;
  }

  Replication(Server server) {
    this.server = server;
  }

  /**
   * @param progress called when a round was answered or something was committed
   */
  void listen(Runnable progress) {
    this.progress = progress;
  }

  /** This node was elected: it makes itself known, and opens its term with an entry of its own. */
  void lead() {
    peers.clear();
    own = 0;
    for (String node : server.others) {
      Peer peer = new Peer();
      peer.next = server.storage.last() + 1;
      peer.heard = server.now();
      peers.put(node, peer);
    }
    propose(Command.noop(server.term()));
    schedule();
  }

  void stop() {
    if (beat != null) {
      beat.cancel();
      beat = null;
    }
  }

  /** Adds an entry; it is committed later, or never. */
  void propose(Command entry) {
    long index = server.storage.last() + 1;
    long term = server.term();
    server.storage.append(index, entry);
    peers.forEach((node, peer) -> {
      if (!peer.busy) {
        send(node, peer);
      }
    });
    server.storage.whenAcknowledgeable(() -> {
      if (server.leads(term)) {
        own = Math.max(own, index);
        advance();
      }
    });
  }

  /** Whether an entry of this leader's term is committed, so that it knows all that is. */
  boolean knowsCommitted() {
    return server.storage.termAt(server.commit()) == server.term();
  }

  /** Asks all whether they still follow. */
  void newRound() {
    round++;
    peers.forEach((node, peer) -> {
      if (peer.busy) {
        send(node, peer.match, null);
      } else {
        send(node, peer);
      }
    });
  }

  long round() {
    return round;
  }

  /** The newest round in which a majority said that it follows. */
  long confirmed() {
    return agreed(round, peer -> peer.round);
  }

  private void schedule() {
    beat = server.env.timers().after(server.settings.heartbeat(), this::beat);
  }

  private void beat() {
    if (server.role() != Server.Role.LEADER) {
      return;
    }
    // Thesis, 6.2: one that hears from no majority leads nobody. This is for clients and for cuts
    // of
    // one direction; it is no safeguard, and waits until the others have surely elected another.
    long silence = server.settings.election().toNanos() * 8;
    long now = server.now();
    long following = peers.values().stream().filter(p -> now - p.heard < silence).count() + 1;
    if (following < server.settings.quorum()) {
      server.follow(server.term(), null);
      return;
    }
    round++;
    peers.forEach(this::send);
    schedule();
  }

  private void send(String node, Peer peer) {
    Storage storage = server.storage;
    peer.busy = peer.next <= storage.last();
    send(node, peer.next - 1, peer.busy ? storage.get(peer.next) : null);
  }

  private void send(String node, long prev, @Nullable Command entry) {
    server.send(
        node,
        Message.of(
            "append",
            "term",
            server.term(),
            "round",
            round,
            "prev",
            prev,
            "prevTerm",
            server.storage.termAt(prev),
            "entry",
            entry == null ? null : entry.toJson(),
            "commit",
            server.commit()));
  }

  void onAppended(String from, Message message) {
    long term = Fields.number(message, "term");
    if (term > server.term()) {
      server.follow(term, null);
      return;
    }
    Peer peer = peers.get(from);
    if (peer == null || !server.leads(term)) {
      return;
    }
    peer.heard = server.now();
    peer.round = Math.max(peer.round, Fields.number(message, "round"));
    long match = Fields.number(message, "match");
    boolean more;
    if (Fields.flag(message, "done")) {
      // Only news: one that sent for every copy of an answer would raise a storm of duplicates.
      more = match >= peer.next;
      peer.match = Math.max(peer.match, match);
      peer.next = Math.max(peer.next, match + 1);
      advance();
    } else {
      // An old refusal can only make the leader send again what the other has.
      long before = peer.next;
      peer.next = Math.max(peer.match + 1, Math.min(before - 1, match + 1));
      more = peer.next < before;
    }
    if (more) {
      peer.busy = false;
      if (peer.next <= server.storage.last()) {
        send(from, peer);
      }
    }
    progress.run();
  }

  private void advance() {
    long index = agreed(own, peer -> peer.match);
    if (index > server.commit()
        && server.settings.defect().commits(server.storage.termAt(index), server.term())) {
      server.commitTo(index);
      progress.run();
    }
  }

  private interface Measure {
    long of(Peer peer);
  }

  /** The largest number that a quorum has reached. */
  private long agreed(long mine, Measure measure) {
    long[] all = new long[peers.size() + 1];
    int i = 0;
    for (Peer peer : peers.values()) {
      all[i++] = measure.of(peer);
    }
    all[i] = mine;
    Arrays.sort(all);
    return all[all.length - server.settings.quorum()];
  }
}
