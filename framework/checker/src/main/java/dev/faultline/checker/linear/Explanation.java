package dev.faultline.checker.linear;

import dev.faultline.checker.Witness;
import dev.faultline.history.Operation;
import dev.faultline.history.Outcome;
import dev.faultline.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says in words why a few steps cannot be ordered. */
final class Explanation {
  private final StepModel model;
  private final List<Step> full;
  private final List<Step> steps;
  private final @Nullable Step anchor;
  private final Step stuck;

  /**
   * An explanation.
   *
   * @param full all steps of the object
   * @param steps the few that cannot be ordered, in the order of invocation
   * @param anchor the one that stands for all before it, if any
   * @param stuck the step at whose return no order was left
   */
  Explanation(
      StepModel model, List<Step> full, List<Step> steps, @Nullable Step anchor, Step stuck) {
    this.model = model;
    this.full = full;
    this.steps = steps;
    this.anchor = anchor;
    this.stuck = stuck;
  }

  Witness witness() {
    Step orphan = orphan();
    List<Constraints.Edge> cycle = orphan != null ? List.of() : new Constraints(steps).cycle();
    Step culprit = orphan != null ? orphan : culprit(cycle);
    String remark = orphan != null ? "nobody had written this" : "no place is left for this one";
    List<Witness.Step> lines = new ArrayList<>();
    for (Step step : steps) {
      lines.add(line(step.op(), step.is(culprit) ? remark : note(step)));
    }
    return new Witness(sentence(orphan, cycle), lines);
  }

  /** A step that needs a state which nobody can have made by the time it returned. */
  private @Nullable Step orphan() {
    Map<Integer, Long> madeSince = new HashMap<>();
    for (Step step : full) {
      if (step.make() != Step.SAME && step.make() != step.need()) {
        madeSince.merge(step.make(), step.invoked(), Math::min);
      }
    }
    for (Step step : steps) {
      if (step.must()
          && step.need() > 0
          && madeSince.getOrDefault(step.need(), Operation.NEVER) >= step.returned()) {
        return step;
      }
    }
    return null;
  }

  private Step culprit(List<Constraints.Edge> cycle) {
    Step last = null;
    for (Constraints.Edge edge : cycle) {
      if (last == null || edge.from().returned() > last.returned()) {
        last = edge.from().must() ? edge.from() : last;
      }
    }
    if (last != null) {
      return last;
    }
    for (Step step : steps) {
      if (step.is(stuck)) {
        return step;
      }
    }
    return steps.get(steps.size() - 1);
  }

  private String sentence(@Nullable Step orphan, List<Constraints.Edge> cycle) {
    Object key = steps.get(0).op().key();
    String text = clause(orphan, cycle);
    return key == null
        ? Character.toUpperCase(text.charAt(0)) + text.substring(1)
        : "On %s, %s".formatted(key, text);
  }

  private String clause(@Nullable Step orphan, List<Constraints.Edge> cycle) {
    if (orphan != null) {
      return "%s, which nobody had written by then.".formatted(told(orphan));
    }
    if (cycle.size() == 2) {
      Constraints.Edge a = cycle.get(0);
      Constraints.Edge b = cycle.get(1);
      if (a.why() == Constraints.Why.BEFORE_REPLACED && b.why() == a.why()) {
        return "%s, and %s: each replaced what the other found."
            .formatted(told(a.from()), told(b.from()));
      }
      boolean first = a.why() == Constraints.Why.PRECEDES;
      Constraints.Edge time = first ? a : b;
      Constraints.Edge rule = first ? b : a;
      return "%s, but %s.".formatted(told(rule.from(), rule), reason(time, rule));
    }
    if (!cycle.isEmpty()) {
      List<String> parts = new ArrayList<>();
      for (Constraints.Edge edge : cycle) {
        parts.add("%s before %s (%s)".formatted(name(edge.from()), name(edge.to()), why(edge)));
      }
      return "these must all hold, and cannot: %s.".formatted(String.join("; ", parts));
    }
    if (steps.size() == 1) {
      return "%s, which a fresh %s does not allow.".formatted(told(steps.get(0)), model.noun());
    }
    return "these %d operations fit a %s in no order: when %s had returned, none was left."
        .formatted(steps.size(), model.noun(), name(stuck));
  }

  private static String reason(Constraints.Edge time, Constraints.Edge rule) {
    Step other = time.from().is(rule.from()) ? time.to() : time.from();
    if (time.why() != Constraints.Why.PRECEDES) {
      return why(time);
    }
    return time.from().is(other)
        ? "%s had returned before it began".formatted(name(other))
        : "%s began only after it had returned".formatted(name(other));
  }

  private static String told(Step step, Constraints.Edge rule) {
    return switch (rule.why()) {
      case PRECEDES -> "%s had returned before %s began".formatted(name(step), name(rule.to()));
      case USES -> "%s made the value that %s found".formatted(name(step), name(rule.to()));
      case BEFORE_REPLACED -> "%s, so it comes before %s".formatted(told(step), name(rule.to()));
      case REPLACED_BEFORE ->
          "%s comes before %s, whose value was still there later"
              .formatted(name(step), name(rule.to()));
    };
  }

  private static String why(Constraints.Edge edge) {
    return switch (edge.why()) {
      case PRECEDES -> "it had returned before the other began";
      case USES -> "it made what the other found";
      case BEFORE_REPLACED -> "the other replaced what it found";
      case REPLACED_BEFORE -> "else it would have replaced the other's value too early";
    };
  }

  /** "read by c2 returned 2". */
  private static String told(Step step) {
    Operation op = step.op();
    return switch (op.f()) {
      case "read" -> "read by %s returned %s".formatted(who(op), Json.write(op.output()));
      case "cas" ->
          "cas by %s found %s"
              .formatted(
                  who(op),
                  op.input() instanceof List<?> pair ? Json.write(pair.get(0)) : "its value");
      default -> "%s took effect".formatted(name(step));
    };
  }

  /** "write 5 by c1". */
  private static String name(Step step) {
    Operation op = step.op();
    Object value = op.f().equals("read") ? op.output() : op.input();
    String shown = value == null && !op.f().equals("read") ? "" : " " + Json.write(value);
    return "%s%s by %s".formatted(op.f(), shown, who(op));
  }

  private static String who(Operation op) {
    return op.client() != null ? op.client() : "process " + op.process();
  }

  private @Nullable String note(Step step) {
    if (anchor != null && step.is(anchor)) {
      return "what ended before this one is left out";
    }
    if (step.op().outcome() == Outcome.INFO) {
      return "may take effect later, or never";
    }
    return null;
  }

  private static Witness.Step line(Operation op, @Nullable String remark) {
    StringBuilder text = new StringBuilder(op.f());
    if (op.key() != null) {
      text.append(' ').append(op.key());
    }
    if (op.f().equals("read")) {
      text.append(" → ").append(Json.write(op.output()));
    } else if (op.input() != null) {
      text.append(' ').append(Json.write(op.input()));
    }
    if (!op.f().equals("read")) {
      text.append(op.ok() ? ", ok" : ", unknown");
    }
    if (op.node() != null) {
      text.append(", at ").append(op.node());
    }
    long until = op.returnTime() == Operation.NEVER ? op.invokeTime() : op.returnTime();
    return new Witness.Step(op.invoked(), op.invokeTime(), until, who(op), text.toString(), remark);
  }
}
