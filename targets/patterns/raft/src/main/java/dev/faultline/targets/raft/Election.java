package dev.faultline.targets.raft;

import dev.faultline.node.Message;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Who leads (paper, 5.2 and 5.4.1). Before a node opens a new term it asks whether it would be
 * elected (thesis, 9.6: pre-vote), so that one that comes back from a cut deposes nobody.
 */
final class Election {
  private final Server server;
  private final RandomGenerator random;
  private final Runnable elected;
  private final Set<String> votes = new LinkedHashSet<>();
  private long timeout;
  private long restarted;
  private long heard;
  private long asking;

  /**
   * @param elected called when this node has become the leader
   */
  Election(Server server, Runnable elected) {
    this.server = server;
    this.elected = elected;
    random = server.env.random("election");
    // A node that has just started has heard of no leader that it would have to respect.
    heard = server.now() - server.settings.election().toNanos();
  }

  void start() {
    restart();
    wake(timeout);
  }

  /** A leader of this term wrote. */
  void heardLeader() {
    heard = server.now();
    restart();
  }

  private void restart() {
    restarted = server.now();
    long least = server.settings.election().toNanos();
    timeout = least + random.nextLong(least);
  }

  private void wake(long nanos) {
    server.env.timers().after(Duration.ofNanos(nanos), this::tick);
  }

  private void tick() {
    long left = restarted + timeout - server.now();
    if (left > 0) {
      wake(left);
      return;
    }
    restart();
    if (server.role() != Server.Role.LEADER) {
      ask();
    }
    wake(timeout);
  }

  private void ask() {
    server.follow(server.term(), null);
    asking = server.term() + 1;
    votes.clear();
    votes.add(server.env.self());
    request("pre-vote", asking);
    if (votes.size() >= server.settings.quorum()) {
      stand();
    }
  }

  private void stand() {
    asking = 0;
    server.stand();
    long term = server.term();
    server.env.event("candidate", "term", term);
    votes.clear();
    server.storage.whenDurable(() -> {
      if (isCandidate(term)) {
        request("vote", term);
        count(server.env.self());
      }
    });
  }

  private void request(String type, long term) {
    long last = server.storage.last();
    Message request =
        Message.of(type, "term", term, "lastIndex", last, "lastTerm", server.storage.termAt(last));
    server.others.forEach(n -> server.send(n, request));
  }

  void onPreVote(String from, Message message) {
    long term = Fields.number(message, "term");
    boolean quiet = server.now() - heard >= server.settings.election().toNanos();
    boolean granted =
        quiet && server.role() != Server.Role.LEADER && wouldVote(from, term, message);
    server.send(
        from, Message.of("pre-voted", "asked", term, "granted", granted, "term", server.term()));
  }

  void onPreVoted(String from, Message message) {
    if (Fields.flag(message, "granted")) {
      if (asking == Fields.number(message, "asked") && asking == server.term() + 1) {
        votes.add(from);
        if (votes.size() >= server.settings.quorum()) {
          stand();
        }
      }
    } else {
      learn(Fields.number(message, "term"));
    }
  }

  void onVote(String from, Message message) {
    long term = Fields.number(message, "term");
    learn(term);
    Storage storage = server.storage;
    boolean granted = wouldVote(from, term, message);
    if (granted) {
      if (term == server.term() && !from.equals(storage.vote())) {
        storage.save(term, from);
      }
      restart();
    }
    Message answer = Message.of("voted", "asked", term, "granted", granted, "term", server.term());
    storage.whenDurable(() -> {
      if (granted) {
        server.env.event("voted", "term", term, "for", from);
      }
      server.send(from, answer);
    });
  }

  void onVoted(String from, Message message) {
    if (!Fields.flag(message, "granted")) {
      learn(Fields.number(message, "term"));
    } else if (isCandidate(Fields.number(message, "asked"))) {
      count(from);
    }
  }

  private void count(String voter) {
    votes.add(voter);
    if (votes.size() >= server.settings.quorum()) {
      server.lead();
      elected.run();
    }
  }

  private boolean isCandidate(long term) {
    return server.role() == Server.Role.CANDIDATE && server.term() == term;
  }

  private void learn(long term) {
    if (term > server.term()) {
      server.follow(term, null);
    }
  }

  /** One vote a term, and none for a term that is past or a log that lacks something. */
  private boolean wouldVote(String candidate, long term, Message message) {
    if (term < server.term()) {
      return server.settings.defect().grantsPastTerms();
    }
    String vote = server.storage.vote();
    boolean free = term > server.term() || vote == null || vote.equals(candidate);
    return free && upToDate(message);
  }

  /** Whether the candidate has all that this node may have helped to commit (paper, 5.4.1). */
  private boolean upToDate(Message message) {
    long last = server.storage.last();
    long lastTerm = server.storage.termAt(last);
    long theirs = Fields.number(message, "lastTerm");
    return theirs > lastTerm || (theirs == lastTerm && Fields.number(message, "lastIndex") >= last);
  }
}
