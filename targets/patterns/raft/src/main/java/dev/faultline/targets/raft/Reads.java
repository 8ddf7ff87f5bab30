package dev.faultline.targets.raft;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Reads at the leader (thesis, 6.4: ReadIndex). Answered are they when a majority has said, in a
 * round that began after the read came, that it still follows; so no later leader can have
 * committed anything before. Reads that come during a round share the next.
 */
final class Reads {
  private final Server server;
  private final Replication replication;
  private final Deque<Waiting> waiting = new ArrayDeque<>();

  /**
   * A read that is not answered yet.
   *
   * @param after the rounds up to this one began before the read came
   */
  private record Waiting(String key, long after, Answer answer) {}

  Reads(Server server, Replication replication) {
    this.server = server;
    this.replication = replication;
  }

  void read(String key, Answer answer) {
    if (!server.settings.defect().confirmsReads() && replication.knowsCommitted()) {
      answer.ok(server.registers.read(key));
      return;
    }
    waiting.add(new Waiting(key, replication.round(), answer));
    progress();
  }

  /** A round was answered, or this leader has committed something. */
  void progress() {
    if (waiting.isEmpty() || !replication.knowsCommitted()) {
      return;
    }
    long confirmed = replication.confirmed();
    while (!waiting.isEmpty() && waiting.peek().after < confirmed) {
      Waiting read = waiting.remove();
      read.answer.ok(server.registers.read(read.key));
    }
    if (!waiting.isEmpty() && confirmed == replication.round()) {
      replication.newRound();
      if (server.others.isEmpty()) {
        progress();
      }
    }
  }

  /** This node leads no more; a read that was not carried out is refused. */
  void refuse() {
    waiting.forEach(read -> read.answer.refuse(Answer.NO_LEADER, "leads no more"));
    waiting.clear();
  }
}
