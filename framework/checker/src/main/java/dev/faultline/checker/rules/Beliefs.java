package dev.faultline.checker.rules;

import dev.faultline.checker.Verdict;
import dev.faultline.checker.Witness;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Spans in which a node certainly believed that it held something under a number (a token, a term):
 * from a line by which it had begun to, to the invocation of the last self-check that it answered
 * with yes and the same number. Whatever ends a belief (a restart seen, a release asked for, a no)
 * begins a new span.
 */
final class Beliefs {
  /** A line that shows the belief at some instant no later than {@code by}. */
  private record Start(String node, long number, long invoked, long by, Witness.Step step) {}

  private record Check(String node, long number, long invoked, long returned, Witness.Step step) {}

  private final List<Start> starts = new ArrayList<>();
  private final List<Check> checks = new ArrayList<>();
  private final Map<String, List<Long>> breaks = new HashMap<>();

  /** The node believed at the latest when the line {@code by} was written. */
  void start(String node, long number, long invoked, long by, Witness.Step step) {
    starts.add(new Start(node, number, invoked, by, step));
  }

  /** The node answered yes. */
  void yes(String node, long number, long invoked, long returned, Witness.Step step) {
    starts.add(new Start(node, number, invoked, returned, step));
    checks.add(new Check(node, number, invoked, returned, step));
  }

  /** The node's belief may have ended from this line on. */
  void end(String node, long index) {
    breaks.computeIfAbsent(node, n -> new ArrayList<>()).add(index);
  }

  private record Group(String node, long number, long session) {}

  private record Span(Start from, Check to) {}

  /** Valid with the number of spans, or the first two of different nodes that overlap. */
  Verdict exclusive(String what, String number) {
    List<Span> spans = spans();
    for (int i = 0; i < spans.size(); i++) {
      Span a = spans.get(i);
      for (int j = i + 1; j < spans.size(); j++) {
        Span b = spans.get(j);
        if (b.from.by >= a.to.invoked) {
          break;
        }
        if (!a.from.node.equals(b.from.node)) {
          return invalid(a, b, what, number);
        }
      }
    }
    return new Verdict.Valid(spans.size());
  }

  private List<Span> spans() {
    breaks.values().forEach(Collections::sort);
    Map<Group, Start> first = new HashMap<>();
    for (Start s : starts) {
      first.merge(
          new Group(s.node, s.number, session(s.node, s.invoked)),
          s,
          (a, b) -> a.by <= b.by ? a : b);
    }
    Map<Group, Check> last = new HashMap<>();
    for (Check c : checks) {
      last.merge(
          new Group(c.node, c.number, session(c.node, c.invoked)),
          c,
          (a, b) -> a.invoked >= b.invoked ? a : b);
    }
    List<Span> spans = new ArrayList<>();
    first.forEach((group, from) -> {
      Check to = last.get(group);
      if (to != null && from.by < to.invoked) {
        spans.add(new Span(from, to));
      }
    });
    spans.sort(Comparator.comparingLong((Span s) -> s.from.by));
    return spans;
  }

  /** How many ends of belief lie before an invocation. */
  private long session(String node, long invoked) {
    List<Long> ends = breaks.getOrDefault(node, List.of());
    int low = 0;
    int high = ends.size();
    while (low < high) {
      int middle = (low + high) / 2;
      if (ends.get(middle) < invoked) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static Verdict invalid(Span a, Span b, String what, String number) {
    // Both believed from b's start to the earlier of the two last checks.
    List<Witness.Step> steps = new ArrayList<>();
    add(steps, a.from.step, null);
    add(steps, b.from.step, null);
    add(steps, a.to.step, "it still believes, and so does the other");
    add(steps, b.to.step, null);
    steps.sort(Comparator.comparingLong(Witness.Step::index));
    String sentence =
        String.format(
            Locale.ROOT,
            "%s and %s both believed at %s that they were the %s, under %s %d and %d.",
            a.from.node,
            b.from.node,
            Shown.moment(b.from.step.until()),
            what,
            number,
            a.from.number,
            b.from.number);
    return new Verdict.Invalid("two-believe", new Witness(sentence, steps));
  }

  private static void add(List<Witness.Step> steps, Witness.Step s, @Nullable String remark) {
    if (steps.stream().noneMatch(t -> t.index() == s.index())) {
      steps.add(new Witness.Step(s.index(), s.time(), s.until(), s.lane(), s.text(), remark));
    }
  }
}
