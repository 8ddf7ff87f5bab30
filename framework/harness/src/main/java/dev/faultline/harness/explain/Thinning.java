package dev.faultline.harness.explain;

import dev.faultline.harness.explain.Diagram.Arrow;
import dev.faultline.harness.explain.Diagram.Mark;
import dev.faultline.harness.explain.TraceLog.Kind;
import dev.faultline.harness.explain.TraceLog.Letter;
import dev.faultline.harness.explain.TraceLog.Step;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Chooses what of a causal past a person can look at: first the messages that the witness's
 * operations set off, then those that led to rare events of nodes, then lost ones, those of a kind
 * as one. What is left out is counted.
 */
final class Thinning {
  private static final int MOST_ARROWS = 48;

  /** Events with a name that comes more often than this in the window say little. */
  private static final int RARE = 8;

  private final TraceLog log;
  private final BitSet past;
  private final Set<Long> entries;
  private final long from;
  private final Set<Object> keys = new HashSet<>();
  private final BitSet deciding = new BitSet();
  private final BitSet leading = new BitSet();

  private Thinning(TraceLog log, BitSet past, Set<Long> entries, long from) {
    this.log = log;
    this.past = past;
    this.entries = entries;
    this.from = from;
    for (Step step : log.steps()) {
      if (entries.contains(step.entry()) && step.key() != null) {
        keys.add(step.key());
      }
    }
  }

  /** Whether it is about an object that the witness is not about. */
  private boolean foreign(Step step) {
    return step.key() != null && !keys.isEmpty() && !keys.contains(step.key());
  }

  /**
   * The picture of what led to the last step of a past.
   *
   * @param entries lines of the history that the witness is about
   * @param from where the picture begins, nanoseconds
   */
  static Diagram diagram(TraceLog log, BitSet past, Set<Long> entries, long from) {
    return new Thinning(log, past, entries, from).draw();
  }

  private Diagram draw() {
    Map<String, Long> frequency = frequency();
    follow(frequency);
    List<Arrow> arrows = new ArrayList<>();
    List<Arrow> others = new ArrayList<>();
    Map<String, Arrow> lost = new LinkedHashMap<>();
    Map<String, Long> omitted = new TreeMap<>();
    for (int i = past.nextSetBit(0); i >= 0; i = past.nextSetBit(i + 1)) {
      Step step = log.steps().get(i);
      if (step.kind() != Kind.SENT) {
        continue;
      }
      Letter letter = log.letters().get(step.letter());
      if (letter.from.equals(letter.to)) {
        continue;
      }
      boolean gone = letter.why != null;
      boolean seen = letter.delivered != TraceLog.NONE && past.get(letter.delivered);
      boolean within = step.at() >= from;
      if ((within || (seen && log.steps().get(letter.delivered).at() >= from))
          && (deciding.get(i) || leading.get(i))
          && (seen || gone)) {
        (deciding.get(i) ? arrows : others).add(arrow(step, letter, 1, deciding.get(i)));
      } else if (within && gone && !foreign(step)) {
        Arrow one = arrow(step, letter, 1, false);
        lost.merge(one.from() + ">" + one.to() + one.type(), one, Thinning::together);
      } else if (within) {
        omitted.merge(step.text(), 1L, Long::sum);
      }
    }
    others.addAll(lost.values());
    // The nearest to the wrong result are kept.
    others.sort(Comparator.comparingLong(Arrow::sent).reversed());
    for (Arrow arrow : others) {
      if (arrows.size() < MOST_ARROWS) {
        arrows.add(arrow);
      } else {
        omitted.merge(arrow.type(), arrow.times(), Long::sum);
      }
    }
    arrows.sort(Comparator.comparingLong(Arrow::sent));
    List<Mark> marks = marks(frequency);
    return new Diagram(lines(arrows, marks), arrows, marks, List.of(), from, end(), omitted);
  }

  private long end() {
    return log.steps().get(past.length() - 1).at();
  }

  private static Arrow together(Arrow first, Arrow next) {
    return new Arrow(
        first.from(),
        first.to(),
        first.type(),
        first.sent(),
        first.arrived(),
        true,
        first.times() + next.times(),
        false);
  }

  private Arrow arrow(Step step, Letter letter, long times, boolean decides) {
    boolean gone = letter.why != null;
    long arrived = gone ? letter.lostAt : log.steps().get(letter.delivered).at();
    return new Arrow(letter.from, letter.to, step.text(), step.at(), arrived, gone, times, decides);
  }

  /** How often each name of an event comes in the window. */
  private Map<String, Long> frequency() {
    Map<String, Long> names = new TreeMap<>();
    for (int i = past.nextSetBit(0); i >= 0; i = past.nextSetBit(i + 1)) {
      Step step = log.steps().get(i);
      if (step.kind() == Kind.EVENT && step.at() >= from && !foreign(step)) {
        names.merge(name(step), 1L, Long::sum);
      }
    }
    return names;
  }

  private static String name(Step step) {
    int space = step.text().indexOf(' ');
    return space < 0 ? step.text() : step.text().substring(0, space);
  }

  private boolean rare(Step step, Map<String, Long> frequency) {
    if (name(step).equals("started")) {
      // A node tells of its start itself; that it had one at the run's start says nothing.
      return step.kind() == Kind.EVENT && step.at() > 0;
    }
    return step.kind() == Kind.TURNED
        || (step.kind() == Kind.EVENT
            && !foreign(step)
            && frequency.getOrDefault(name(step), 0L) <= RARE);
  }

  /** Marks what the witness's operations set off, and what led to its lines and to rare events. */
  private void follow(Map<String, Long> frequency) {
    for (int i = past.nextSetBit(0); i >= 0; i = past.nextSetBit(i + 1)) {
      Step step = log.steps().get(i);
      if (entries.contains(step.entry())
          || (step.cause() != TraceLog.NONE && deciding.get(step.cause()))) {
        deciding.set(i);
      }
    }
    for (int i = past.length() - 1; i >= 0; i = past.previousSetBit(i - 1)) {
      Step step = log.steps().get(i);
      boolean told = (step.at() >= from && rare(step, frequency)) || entries.contains(step.entry());
      if (told || leading.get(i)) {
        leading.set(i);
        if (step.cause() != TraceLog.NONE) {
          leading.set(step.cause());
        }
      }
      if (i == 0) {
        break;
      }
    }
  }

  private List<Mark> marks(Map<String, Long> frequency) {
    List<Mark> marks = new ArrayList<>();
    for (int i = past.nextSetBit(0); i >= 0; i = past.nextSetBit(i + 1)) {
      Step step = log.steps().get(i);
      boolean decides = entries.contains(step.entry());
      if (decides || (step.at() >= from && rare(step, frequency))) {
        marks.add(new Mark(step.host(), step.at(), step.text(), decides));
      }
    }
    return marks;
  }

  /** Clients first, then nodes; those on which nothing is drawn are left out. */
  private List<String> lines(List<Arrow> arrows, List<Mark> marks) {
    Set<String> used = new TreeSet<>();
    for (Arrow arrow : arrows) {
      used.add(arrow.from());
      used.add(arrow.to());
    }
    marks.forEach(mark -> used.add(mark.line()));
    Set<String> clients = new TreeSet<>();
    for (Step step : log.steps()) {
      if (step.kind() == Kind.INVOKED) {
        clients.add(step.host());
      }
    }
    List<String> lines = new ArrayList<>();
    used.stream().filter(clients::contains).forEach(lines::add);
    used.stream().filter(line -> !clients.contains(line)).forEach(lines::add);
    return lines;
  }
}
