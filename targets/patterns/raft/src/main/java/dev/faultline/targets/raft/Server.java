package dev.faultline.targets.raft;

import dev.faultline.node.Env;
import dev.faultline.node.Message;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What the parts of a node share: its role, its term, and how far it has committed. */
final class Server {
  enum Role {
    FOLLOWER,
    CANDIDATE,
    LEADER
  }

  final Env env;
  final Settings settings;
  final Storage storage;
  final Registers registers = new Registers();

  /** The other nodes, in a fixed order. */
  final List<String> others;

  private Role role = Role.FOLLOWER;
  private @Nullable String leader;
  private long commit;
  private Runnable onLeaderLost = () -> {};
  private BiConsumer<Long, Boolean> onApplied = (index, done) -> {};

  Server(Env env) {
    this.env = env;
    settings = Settings.of(env.config());
    storage = new Storage(env.disk(), settings.defect());
    others = env.config().members().keySet().stream().filter(n -> !n.equals(env.self())).toList();
  }

  /**
   * @param leaderLost called when a leader, this node or another, is one no more
   * @param applied called for each committed entry, with whether it took effect
   */
  void listen(Runnable leaderLost, BiConsumer<Long, Boolean> applied) {
    onLeaderLost = leaderLost;
    onApplied = applied;
  }

  Role role() {
    return role;
  }

  boolean leads(long term) {
    return role == Role.LEADER && storage.term() == term;
  }

  /** Whom this node believes to lead in its term; null if it knows none. */
  @Nullable String leader() {
    return leader;
  }

  long term() {
    return storage.term();
  }

  long commit() {
    return commit;
  }

  long now() {
    return env.clock().monotonic();
  }

  void send(String to, Message message) {
    env.network().send(to, message);
  }

  /** Becomes a follower, in this term or a later one, of a leader that may be unknown. */
  void follow(long term, @Nullable String newLeader) {
    if (term > storage.term()) {
      storage.save(term, null);
    }
    role = Role.FOLLOWER;
    turnTo(newLeader);
  }

  /** Opens a new term with a vote for itself. */
  void stand() {
    storage.save(storage.term() + 1, env.self());
    role = Role.CANDIDATE;
    turnTo(null);
  }

  private void turnTo(@Nullable String newLeader) {
    String old = leader;
    leader = newLeader;
    if (old != null && !old.equals(newLeader)) {
      onLeaderLost.run();
    }
  }

  void lead() {
    role = Role.LEADER;
    leader = env.self();
    env.event("leader", "term", storage.term());
  }

  /** Commits, and carries out, all entries up to this one. */
  void commitTo(long index) {
    long end = Math.min(index, storage.last());
    while (commit < end) {
      commit++;
      Command entry = storage.get(commit);
      env.event("committed", "index", commit, "term", entry.term(), "value", entry.toJson());
      onApplied.accept(commit, registers.apply(entry));
    }
  }
}
