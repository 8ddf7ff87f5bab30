package dev.faultline.targets.raft;

import dev.faultline.node.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What clients ask, at the leader or passed on to it. A request is refused only where it is certain
 * that it was and will be added to no log; in every other case the answer says that nothing is
 * known, or there is none.
 *
 * <p>A request is passed on to the leader of one term, by name and term. Who does not lead in that
 * term will not do so later either, so that its refusal holds; of a message that comes twice only
 * the first is answered, since what was proposed must not be refused by a later copy.
 */
final class Requests {
  private final Server server;
  private final Replication replication;
  private final Reads reads;
  private final Map<Long, Answer> proposed = new LinkedHashMap<>();
  private final Map<Long, Answer> forwarded = new LinkedHashMap<>();
  private final Set<String> taken = new LinkedHashSet<>();
  private long lastId;

  Requests(Server server, Replication replication, Reads reads) {
    this.server = server;
    this.replication = replication;
    this.reads = reads;
    // An answer to an earlier incarnation's request must not meet one of this incarnation's.
    lastId = (long) server.env.incarnation() << 32;
  }

  void onClient(String client, Message request) {
    String f = Fields.text(request, "type");
    Answer answer = new Answer(server, client, request, f, 0);
    String leader = server.leader();
    if (server.role() == Server.Role.LEADER) {
      carryOut(f, request, answer);
    } else if (leader == null) {
      answer.refuse(Answer.NO_LEADER, "knows no leader");
    } else {
      lastId++;
      forwarded.put(lastId, answer);
      server.send(
          leader,
          Message.of(
              "forward",
              "id",
              lastId,
              "term",
              server.term(),
              "f",
              f,
              "key",
              request.field("key"),
              "value",
              request.field("value")));
    }
  }

  void onForward(String node, Message request) {
    String f = Fields.text(request, "f");
    long id = Fields.number(request, "id");
    Answer answer = new Answer(server, node, request, f, id);
    if (!taken.add(node + " " + id)) {
      return;
    }
    if (server.leads(Fields.number(request, "term"))) {
      carryOut(f, request, answer);
    } else {
      answer.refuse(Answer.NO_LEADER, "does not lead: " + server.env.self());
    }
  }

  void onForwarded(Message reply) {
    Answer answer = forwarded.remove(Fields.number(reply, "id"));
    if (answer != null) {
      answer.pass(reply);
    }
  }

  void unknown(String from, Message request) {
    server.send(from, request.error(10, "no request " + request.type()));
  }

  private void carryOut(String f, Message request, Answer answer) {
    String key = Fields.text(request, "key");
    if (f.equals("read")) {
      reads.read(key, answer);
    } else {
      long index = server.storage.last() + 1;
      proposed.put(index, answer);
      replication.propose(new Command(server.term(), f, key, request.field("value")));
    }
  }

  void onApplied(long index, boolean done) {
    Answer answer = proposed.remove(index);
    if (answer == null) {
      return;
    }
    if (done) {
      answer.ok(null);
    } else {
      answer.refuse(Answer.OTHER_VALUE, "the register has another value");
    }
  }

  /** The leader is one no more: what became of its proposals is not for this node to say. */
  void leaderLost() {
    List<Answer> open = new ArrayList<>(proposed.values());
    open.addAll(forwarded.values());
    proposed.clear();
    forwarded.clear();
    open.forEach(answer -> answer.leaveOpen("the leader is lost"));
    reads.refuse();
  }
}
