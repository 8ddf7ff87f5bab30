package dev.faultline.checker.linear;

import dev.faultline.checker.Witness;
import dev.faultline.checker.model.Call;
import dev.faultline.checker.model.Model;
import dev.faultline.history.Operation;
import dev.faultline.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Says which few calls of an object have no order. */
final class CallWords {
  private CallWords() {}

  static Witness witness(Model<?> model, List<Call> calls, Call stuck) {
    List<Witness.Step> lines = new ArrayList<>();
    for (Call call : calls) {
      Operation op = call.operation();
      boolean last = op.id() == stuck.operation().id();
      String remark =
          last
              ? "no place is left for this one"
              : Calls.isCertain(call) ? null : "may take effect later, or never";
      long until = op.returnTime() == Operation.NEVER ? op.invokeTime() : op.returnTime();
      lines.add(
          new Witness.Step(op.invoked(), op.invokeTime(), until, who(op), text(call), remark));
    }
    String sentence = sentence(model, calls, stuck);
    return new Witness(Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1), lines);
  }

  private static String sentence(Model<?> model, List<Call> calls, Call stuck) {
    Object value = model.value(stuck);
    String told = text(stuck) + " by " + who(stuck.operation());
    boolean alone =
        value != null
            && calls.stream()
                .noneMatch(c ->
                    c.operation().id() != stuck.operation().id()
                        && Objects.equals(model.value(c), value));
    if (alone && stuck.output() != null) {
      return "%s: nobody had put that there by then.".formatted(told);
    }
    if (calls.size() == 1) {
      return "%s: a fresh %s does not allow that.".formatted(told, model.noun());
    }
    return "These %d operations fit a %s in no order: when %s had returned, none was left."
        .formatted(calls.size(), model.noun(), told);
  }

  private static String who(Operation op) {
    return op.client() != null ? op.client() : "process " + op.process();
  }

  /** What was asked and answered. */
  static String text(Operation op) {
    return text(Call.of(op));
  }

  private static String text(Call call) {
    Operation op = call.operation();
    StringBuilder text = new StringBuilder(op.f());
    if (op.key() != null) {
      text.append(' ').append(op.key());
    }
    if (op.input() != null) {
      text.append(' ').append(Json.write(op.input()));
    }
    if (call.known() && (op.output() != null || op.input() == null)) {
      text.append(" → ").append(Json.write(op.output()));
    } else {
      text.append(call.known() ? ", ok" : call.failed() ? ", fail" : ", unknown");
    }
    return text.toString();
  }
}
