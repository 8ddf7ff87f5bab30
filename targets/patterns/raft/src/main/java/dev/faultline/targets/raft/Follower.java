package dev.faultline.targets.raft;

import dev.faultline.node.Message;

/** Takes entries from the leader (paper, 5.3). */
final class Follower {
  private final Server server;
  private final Election election;

  Follower(Server server, Election election) {
    this.server = server;
    this.election = election;
  }

  void onAppend(String from, Message message) {
    long term = Fields.number(message, "term");
    long round = Fields.number(message, "round");
    if (term < server.term()) {
      answer(from, round, false, 0);
      return;
    }
    server.follow(term, from);
    election.heardLeader();
    Storage storage = server.storage;
    long prev = Fields.number(message, "prev");
    if (prev > storage.last()) {
      answer(from, round, false, storage.last());
      return;
    }
    if (storage.termAt(prev) != Fields.number(message, "prevTerm")) {
      answer(from, round, false, prev - 1);
      return;
    }
    long match = prev;
    Object json = message.field("entry");
    if (json != null) {
      match++;
      Command entry = Command.fromJson(json);
      // An old message must not cut off what came later: only a conflict does.
      if (match > storage.last() || storage.termAt(match) != entry.term()) {
        storage.append(match, entry);
      }
    }
    server.commitTo(Math.min(Fields.number(message, "commit"), match));
    answer(from, round, true, match);
  }

  /**
   * Answers when all that the answer stands for is durable, the term included.
   *
   * @param match up to where the logs agree; for a refusal, where they may
   */
  private void answer(String to, long round, boolean done, long match) {
    Message answer =
        Message.of("appended", "term", server.term(), "round", round, "done", done, "match", match);
    server.storage.whenAcknowledgeable(() -> server.send(to, answer));
  }
}
