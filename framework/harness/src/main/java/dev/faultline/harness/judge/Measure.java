package dev.faultline.harness.judge;

import dev.faultline.harness.judge.FaultLog.Window;
import dev.faultline.history.Entry;
import dev.faultline.history.History;
import dev.faultline.history.Operation;
import dev.faultline.history.Outcome;
import dev.faultline.spec.Minimums;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a run exercised, in one pass over operations and one over lines. A search judges
 * thousands of runs a second, so counts are plain numbers until somebody wants the table.
 */
final class Measure {
  /** A recovery counts as at least so long, nanoseconds. */
  private static final long RECOVERY = 1_000_000_000;

  private static final String ELECTION = "election";
  private static final String REBIRTH = "recovery";

  /** One fault that took effect. */
  static final class Stretch {
    final FaultStory story;
    final long from;
    final long to;
    final long recovered;

    /** Every other fault was over, or had not begun. */
    final boolean alone;

    long inFlight;
    long pairs;
    long okAfter;

    /** Invoked while it lasted; refused of those; and ok before its end of those. */
    long invoked;

    long refused;
    long served;

    /** Why it tested nothing. */
    @Nullable String unmet;

    /** May have taken effect, open while it or its recovery lasted. */
    long effective;

    /** By kind of operation: ok, fail and info during the fault, then the same in recovery. */
    long[] counts = new long[0];

    final Map<String, Long> signs = new TreeMap<>();

    private Stretch(FaultStory story, Window window, boolean alone) {
      this.story = story;
      this.from = window.from();
      this.to = window.to();
      this.recovered = to + Math.max(RECOVERY, to - from);
      this.alone = alone;
    }

    /** Operations that were open while it or its recovery lasted. */
    long open() {
      return Arrays.stream(counts).sum();
    }

    private static int column(Outcome outcome) {
      return switch (outcome) {
        case OK -> 0;
        case FAIL -> 1;
        case INFO -> 2;
      };
    }

    private void count(int kind, boolean recovering, Outcome outcome) {
      int at = kind * 6 + (recovering ? 3 : 0) + column(outcome);
      if (at >= counts.length) {
        counts = Arrays.copyOf(counts, 6 * Math.max(kind + 1, 8));
      }
      counts[at]++;
      effective += outcome == Outcome.FAIL ? 0 : 1;
    }
  }

  /** A function asked of nodes of a role. */
  private record Kind(String f, String role) {}

  private final History history;
  private final Minimums minimums;
  private final List<Stretch> stretches = new ArrayList<>();
  private final Map<String, Map<String, Integer>> kinds = new HashMap<>();
  private final List<Kind> known = new ArrayList<>();
  private final Map<Integer, Long> gaveUp = new HashMap<>();
  private long okBefore;
  private long pairs;
  private long duringFaults;
  private final long begun;

  Measure(History history, FaultLog faults, Minimums minimums) {
    this.history = history;
    this.minimums = minimums;
    List<FaultStory> proven = faults.stories().stream().filter(s -> s.window() != null).toList();
    for (FaultStory story : proven) {
      Window window = story.window();
      if (window != null) {
        stretches.add(new Stretch(story, window, alone(story, window, proven)));
      }
    }
    this.begun = stretches.stream().mapToLong(s -> s.from).min().orElse(Long.MAX_VALUE);
    lines();
    operations();
  }

  private static boolean alone(FaultStory story, Window window, List<FaultStory> all) {
    for (FaultStory other : all) {
      Window theirs = other.window();
      if (!other.equals(story)
          && theirs != null
          && theirs.from() <= window.to()
          && window.from() <= theirs.to()) {
        return false;
      }
    }
    return true;
  }

  List<Stretch> stretches() {
    return stretches;
  }

  long okBefore() {
    return okBefore;
  }

  long pairs() {
    return pairs;
  }

  /** Operations that were open while some fault was active. */
  long duringFaults() {
    return duringFaults;
  }

  /** Of one function: what may have taken effect during a fault or its recovery. */
  long effective(String f) {
    long sum = 0;
    for (Stretch stretch : stretches) {
      for (int kind = 0; kind < known.size(); kind++) {
        for (int at = kind * 6; at < Math.min(kind * 6 + 6, stretch.counts.length); at++) {
          boolean refused = at % 3 == 1;
          sum += refused || !known.get(kind).f().equals(f) ? 0 : stretch.counts[at];
        }
      }
    }
    return sum;
  }

  /** What is open under one key. */
  private static final class Open {
    int reads;
    int changes;
  }

  private record Holding(Open open, boolean reads) {}

  /** Conflicting pairs, signs, and when clients gave up. */
  private void lines() {
    Map<@Nullable Object, Open> keys = new HashMap<>();
    Map<Integer, Holding> holding = new HashMap<>();
    Map<String, String> holders = new HashMap<>();
    for (Entry entry : history.entries()) {
      switch (entry) {
        case Entry.Op op when op.late() -> {}
        case Entry.Op op when op.type() == Entry.Type.INVOKE -> {
          Open open = keys.computeIfAbsent(op.key(), k -> new Open());
          boolean reads = minimums.reads().contains(op.f());
          long met = (long) open.changes + (reads ? 0 : open.reads);
          if (met > 0) {
            pairs += met;
            at(op.time(), stretch -> stretch.pairs += met);
          }
          open.reads += reads ? 1 : 0;
          open.changes += reads ? 0 : 1;
          holding.put(op.process(), new Holding(open, reads));
        }
        case Entry.Op op -> {
          Holding held = holding.remove(op.process());
          if (held != null) {
            held.open().reads -= held.reads() ? 1 : 0;
            held.open().changes -= held.reads() ? 0 : 1;
          }
          if (op.type() == Entry.Type.INFO) {
            gaveUp.put(op.process(), op.time());
          }
        }
        case Entry.Node event -> sign(event, holders);
        case Entry.Fault fault -> {}
      }
    }
  }

  private void sign(Entry.Node event, Map<String, String> holders) {
    String sign = minimums.signs().get(event.name());
    if (sign == null || (sign.equals(REBIRTH) && event.incarnation() < 2)) {
      return;
    }
    if (!sign.equals(ELECTION) && !sign.equals(REBIRTH)) {
      String before = holders.put(sign, event.node());
      if (before == null || before.equals(event.node())) {
        return;
      }
    }
    at(event.time(), stretch -> stretch.signs.merge(sign, 1L, Long::sum));
  }

  private interface Act {
    void on(Stretch stretch);
  }

  private void at(long time, Act act) {
    for (Stretch stretch : stretches) {
      if (time >= stretch.from && time <= stretch.recovered) {
        act.on(stretch);
      }
    }
  }

  private void operations() {
    if (stretches.isEmpty()) {
      return;
    }
    long end = finalReads();
    for (Operation op : history.operations()) {
      long from = op.invokeTime();
      long until =
          op.returnTime() != Operation.NEVER
              ? op.returnTime()
              : gaveUp.getOrDefault(op.process(), history.duration());
      okBefore += op.ok() && until < begun ? 1 : 0;
      int kind = -1;
      boolean during = false;
      for (Stretch stretch : stretches) {
        if (op.ok() && until >= stretch.to) {
          stretch.okAfter++;
        }
        during |= from <= stretch.to && stretch.from <= until;
        if (op.invoked() >= end || from > stretch.recovered || until < stretch.from) {
          continue;
        }
        kind = kind < 0 ? kind(op) : kind;
        stretch.count(kind, from > stretch.to, op.outcome());
        if (from < stretch.from) {
          stretch.inFlight++;
        } else if (from <= stretch.to) {
          stretch.invoked++;
          stretch.refused += op.outcome() == Outcome.FAIL ? 1 : 0;
          stretch.served += op.ok() && until <= stretch.to ? 1 : 0;
        }
      }
      duringFaults += during ? 1 : 0;
    }
  }

  /** The line at which final reads begin: what comes then is not what a fault met. */
  private long finalReads() {
    for (Entry.Node event : history.nodeEvents()) {
      if (Exercise.isPhase(event) && "final".equals(event.facts().get("name"))) {
        return event.index();
      }
    }
    return Long.MAX_VALUE;
  }

  private int kind(Operation op) {
    String node = op.node() == null ? "" : op.node();
    return kinds
        .computeIfAbsent(op.f(), f -> new HashMap<>())
        .computeIfAbsent(
            minimums.roles().getOrDefault(node, node),
            role -> {
              known.add(new Kind(op.f(), role));
              return known.size() - 1;
            });
  }

  Coverage table() {
    List<Coverage.Row> rows = new ArrayList<>();
    for (Stretch s : stretches) {
      List<Coverage.Cell> cells = new ArrayList<>();
      for (int at = 0; at < s.counts.length; at += 3) {
        long ok = s.counts[at];
        long fail = s.counts[at + 1];
        long info = s.counts[at + 2];
        if (ok + fail + info > 0) {
          Kind kind = known.get(at / 6);
          cells.add(new Coverage.Cell(kind.f(), kind.role(), at % 6 > 0, ok, fail, info));
        }
      }
      rows.add(
          new Coverage.Row(
              s.story.record().id(),
              s.story.record().kind(),
              s.story.record().target(),
              s.from,
              s.to,
              Math.min(s.recovered, history.duration()),
              s.inFlight,
              s.pairs,
              s.okAfter,
              s.unmet,
              Map.copyOf(s.signs),
              List.copyOf(cells)));
    }
    return new Coverage(List.copyOf(rows), okBefore, pairs);
  }
}
