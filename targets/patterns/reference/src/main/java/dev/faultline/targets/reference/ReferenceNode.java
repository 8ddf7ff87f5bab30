package dev.faultline.targets.reference;

import dev.faultline.node.Calls;
import dev.faultline.node.Env;
import dev.faultline.node.Message;
import dev.faultline.node.Node;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The primary, or one that forwards to it. Nothing is sent twice: what is lost has no answer. Every
 * operation takes effect at the primary between its invocation and its answer, so all objects are
 * linearizable whatever happens; while the primary is away nothing is answered.
 */
public final class ReferenceNode implements Node {
  static final String PRIMARY = "primary";

  private Env env;
  private Defect defect;
  private Calls calls;
  private @Nullable Primary primary;
  private Candidate candidate;

  /** Only a broken variant keeps any here. */
  private final Locks ownLocks = new Locks();

  /** What this node has seen of registers; only a broken variant looks at it. */
  private final Map<String, @Nullable Object> seen = new TreeMap<>();

  @Override
  public void start(Env env) {
    this.env = env;
    defect = Defect.of(env.config().option("variant"));
    calls = new Calls(env);
    primary = env.config().role().equals(PRIMARY) ? new Primary(env, defect) : null;
    candidate = new Candidate(env, defect, this::ask);
  }

  @Override
  public void onMessage(String from, Message message) {
    if (calls.answered(message)) {
      return;
    }
    Consumer<Answer> reply = answer -> env.network().send(from, answer.to(message));
    switch (message.type()) {
      case "do" -> serve(Call.of(from, message), reply);
      case "forward" -> {
        Primary here = primary;
        if (here != null) {
          here.serve(Call.forwarded(message), reply);
        }
      }
      default -> env.network().send(from, message.error(10, "no request " + message.type()));
    }
  }

  private void serve(Call call, Consumer<Answer> then) {
    if (call.on().equals("leader")) {
      then.accept(
          switch (call.f()) {
            case "leader?" -> candidate.belief();
            case "resign" -> candidate.resign();
            default -> Kind.unknown(call);
          });
    } else if (!defect.asksThePrimary(call.on())) {
      then.accept(ownLocks.apply(call));
    } else if (defect.remembers(call) && seen.containsKey(call.name())) {
      then.accept(Answer.done(seen.get(call.name())));
    } else {
      ask(
          call,
          answer -> {
            if (call.on().equals("register") && answer.refusal() == null) {
              seen.put(call.name(), call.f().equals("read") ? answer.value() : call.value());
            }
            then.accept(answer);
          });
    }
  }

  /** Asks the primary, which may be this node. */
  private void ask(Call call, Consumer<Answer> then) {
    Primary here = primary;
    if (here != null) {
      here.serve(call, then);
      return;
    }
    String to = env.config().withRole(PRIMARY).get(0);
    calls.call(
        to,
        call.forward(),
        reply -> {
          Answer answer = Answer.of(reply);
          if (answer != null) {
            then.accept(answer);
          }
        });
  }
}
