package dev.faultline.targets.reference;

import dev.faultline.json.JsonView;
import dev.faultline.node.Env;
import dev.faultline.node.Journal;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All objects, and the journal of the calls that made them so. An answer leaves when everything
 * that it could show is on disk. A call that comes twice is carried out once: clients ask one thing
 * after another, each with a higher number, so one that was overtaken by the client's next is left
 * out, and its outcome stays unknown.
 */
final class Primary {
  private final Env env;
  private final Defect defect;
  private final Journal journal;
  private final Map<String, Kind> kinds = new TreeMap<>();
  private final Map<String, Last> lasts = new TreeMap<>();

  /** The last change that a client asked for, and what came of it. */
  private record Last(long id, Answer answer) {}

  Primary(Env env, Defect defect) {
    this.env = env;
    this.defect = defect;
    Kind registers = new Registers(defect);
    kinds.put("register", registers);
    kinds.put("cas-register", registers);
    kinds.put("set", new Sets());
    kinds.put("counter", new Counters());
    kinds.put("unique-ids", new Ids());
    kinds.put("queue", new Queues());
    kinds.put("append-log", new Logs());
    kinds.put("bank", new Banks(defect));
    kinds.put("watch", new Watches(defect));
    kinds.put("lock", new Locks());
    kinds.put("election", new Election());
    journal = new Journal(env.disk(), "calls");
    for (JsonView record : journal.found()) {
      Call call = Call.of(record);
      Kind kind = kinds.get(call.on());
      if (kind != null) {
        lasts.put(call.client(), new Last(call.id(), kind.apply(call)));
      }
    }
  }

  /** Carries a call out and answers, later; never if it was overtaken, or the disk fails. */
  void serve(Call call, Consumer<Answer> then) {
    Kind kind = kinds.get(call.on());
    if (kind == null) {
      then.accept(Answer.no("no interface '" + call.on() + "'"));
      return;
    }
    Answer answer = kind.changes(call.f()) ? change(kind, call) : kind.apply(call);
    if (answer != null && defect.answersEarly(call)) {
      then.accept(answer);
      journal.durable(() -> {});
    } else if (answer != null) {
      journal.durable(() -> then.accept(answer));
    }
  }

  private @Nullable Answer change(Kind kind, Call call) {
    Last last = lasts.get(call.client());
    if (last != null && call.id() <= last.id && defect.knowsAgain(call.on())) {
      return call.id() == last.id ? last.answer : null;
    }
    Answer answer = kind.apply(call);
    lasts.put(call.client(), new Last(call.id(), answer));
    if (defect.keeps(call)) {
      journal.append(call.record());
    }
    if (answer.refusal() == null) {
      env.event("applied", "f", call.f());
    }
    return answer;
  }
}
