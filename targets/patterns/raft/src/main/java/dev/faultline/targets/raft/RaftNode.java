package dev.faultline.targets.raft;

import dev.faultline.node.Env;
import dev.faultline.node.Message;
import dev.faultline.node.Node;

/**
 * A node that keeps registers by a replicated log.
 *
 * <pre>
 *   Election      who leads          pre-vote, vote        ──► pre-voted, voted
 *   Replication   the leader's log   append                ──► appended    Follower
 *   Requests      clients            read, write, cas; forward ──► forwarded
 *   Reads         at the leader      a round of append that a majority answers
 * </pre>
 *
 * @see "Ongaro, Ousterhout: In Search of an Understandable Consensus Algorithm, USENIX ATC 2014"
 * @see "Ongaro: Consensus: Bridging Theory and Practice, thesis, Stanford 2014"
 */
public final class RaftNode implements Node {
  private Election election;
  private Follower follower;
  private Replication replication;
  private Requests requests;

  @Override
  public void start(Env env) {
    Server server = new Server(env);
    replication = new Replication(server);
    Reads reads = new Reads(server, replication);
    requests = new Requests(server, replication, reads);
    election = new Election(server, replication::lead);
    follower = new Follower(server, election);
    replication.listen(reads::progress);
    server.listen(this::leaderLost, requests::onApplied);
    election.start();
  }

  private void leaderLost() {
    replication.stop();
    requests.leaderLost();
  }

  @Override
  public void onMessage(String from, Message message) {
    switch (Fields.text(message, "type")) {
      case "append" -> follower.onAppend(from, message);
      case "appended" -> replication.onAppended(from, message);
      case "pre-vote" -> election.onPreVote(from, message);
      case "pre-voted" -> election.onPreVoted(from, message);
      case "vote" -> election.onVote(from, message);
      case "voted" -> election.onVoted(from, message);
      case "forwarded" -> requests.onForwarded(message);
      case "forward" -> requests.onForward(from, message);
      case "read", "write", "cas" -> requests.onClient(from, message);
      // Silence would leave the sender in doubt, and nothing was done.
      default -> requests.unknown(from, message);
    }
  }
}
