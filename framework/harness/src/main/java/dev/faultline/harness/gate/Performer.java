package dev.faultline.harness.gate;

import dev.faultline.checker.Verdict;
import dev.faultline.harness.judge.Judgement;
import dev.faultline.harness.run.Experiment;
import dev.faultline.harness.run.Request;
import dev.faultline.harness.run.Trials;
import dev.faultline.harness.run.Trials.Trial;
import dev.faultline.json.Json;
import dev.faultline.node.KeyedRandom;
import dev.faultline.spec.FaultPlan;
import dev.faultline.spec.RunSpec;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Plans and runs schedules in this JVM. */
final class Performer {
  private final Map<List<Object>, Subject> subjects = new LinkedHashMap<>();

  private record Subject(Trials trials, List<String> kinds) {}

  /**
   * Plans what a schedule needs, so that what is wrong with its target is told here.
   *
   * @throws dev.faultline.harness.EnvironmentException naming the value and the remedy
   */
  void prepare(Ask ask) {
    RunSpec unused = schedule(subject(ask), ask);
  }

  /** Runs a schedule while somebody listens. */
  Figures perform(Ask ask) {
    TraceHash trace = new TraceHash(ask.block());
    Subject subject = subject(ask);
    Trial trial = subject.trials.run(schedule(subject, ask), trace);
    return new Figures(
        trial.spec().seed(),
        Json.write(trial.spec().plan().toJson()),
        verdict(trial.judgement()),
        trial.hash(),
        trace.events(),
        trace.checkpoints(),
        trace.kept(),
        trace.keptFrom());
  }

  /** The hash of the history when nobody listens. */
  long unheard(Ask ask) {
    Subject subject = subject(ask);
    return subject.trials.perform(schedule(subject, ask), null).history().hash();
  }

  private Subject subject(Ask ask) {
    return subjects.computeIfAbsent(
        List.of(ask.target(), ask.length()), unused -> subject(ask.target(), ask.length()));
  }

  private static Subject subject(String target, Duration length) {
    Request request =
        new Request(target, null, "sim", List.of(), null, List.of(), Map.of(), length, 1L, 0, 0, 0);
    Trials trials = Trials.of(Experiment.plan(request));
    return new Subject(trials, trials.kinds(null));
  }

  /** With faults of all kinds that the target claims to bear. */
  private static RunSpec schedule(Subject subject, Ask ask) {
    long own = KeyedRandom.at(ask.seed(), ask.index(), "gate");
    FaultPlan plan =
        subject.kinds.isEmpty() ? FaultPlan.NONE : subject.trials.mix(subject.kinds, own);
    RunSpec base = subject.trials.base();
    return base.with(own, plan, base.time());
  }

  private static String verdict(Judgement judgement) {
    StringBuilder text = new StringBuilder(judgement.status().toString());
    for (Judgement.Finding finding : judgement.findings()) {
      if (finding.verdict() instanceof Verdict.Invalid invalid) {
        text.append("  ")
            .append(finding.property())
            .append(": ")
            .append(invalid.witness().sentence());
      }
    }
    judgement.reasons().forEach(reason -> text.append("  ").append(reason));
    return text.toString();
  }
}
