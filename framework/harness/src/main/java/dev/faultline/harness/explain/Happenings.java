package dev.faultline.harness.explain;

import dev.faultline.harness.explain.TraceLog.Kind;
import dev.faultline.harness.explain.TraceLog.Step;
import dev.faultline.harness.judge.Judgement.FaultRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Puts what happened in a run into words. */
final class Happenings {
  private static final int MOST = 3;

  private final TraceLog log;
  private final List<FaultRecord> faults;

  Happenings(TraceLog log, List<FaultRecord> faults) {
    this.log = log;
    this.faults = faults;
  }

  /** What happened at a moment, the most telling first: a fault, what a node or client tells. */
  List<String> at(long time) {
    List<String> told = new ArrayList<>();
    for (FaultRecord fault : faults) {
      String name = (fault.id() + " " + fault.kind() + " " + fault.target()).strip();
      if (fault.start() == time) {
        told.add(name + " begins");
      } else if (fault.end() == time) {
        told.add(name + " ends");
      }
    }
    log.steps().stream()
        .filter(step -> step.at() == time)
        .sorted(Comparator.comparingInt(step -> rank(step.kind())))
        .forEach(step -> told.add(words(step)));
    return List.copyOf(told.subList(0, Math.min(MOST, told.size())));
  }

  private static int rank(Kind kind) {
    return switch (kind) {
      case TURNED -> 0;
      case EVENT -> 1;
      case COMPLETED, INVOKED -> 2;
      case DELIVERED -> 3;
      case SYNCED -> 4;
      case SENT -> 5;
      case TIMER -> 6;
    };
  }

  /** A step in a few words, such as {@code server takes acquire from h2}. */
  String words(Step step) {
    String host = step.host();
    return switch (step.kind()) {
      case TURNED -> host + " is " + step.text();
      case EVENT, COMPLETED, INVOKED -> host + ": " + step.text();
      case DELIVERED ->
          host + " takes " + step.text() + " from " + log.letters().get(step.letter()).from;
      case SYNCED -> host + " " + step.text();
      case TIMER -> "a timer of " + host;
      case SENT -> host + " sends " + step.text() + " to " + log.letters().get(step.letter()).to;
    };
  }
}
