package dev.faultline.harness.gate;

import dev.faultline.checker.Verdict;
import dev.faultline.harness.judge.Judgement;
import dev.faultline.harness.run.Request;
import dev.faultline.harness.run.Trials;
import dev.faultline.harness.run.Trials.Trial;
import dev.faultline.harness.search.Explorer;
import dev.faultline.harness.search.Strategy;
import dev.faultline.json.Json;
import dev.faultline.spec.RunSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plans and runs schedules in this JVM. */
final class Performer {
  private final Map<List<@Nullable Object>, Subject> subjects = new LinkedHashMap<>();

  private record Subject(Trials trials, Explorer explorer) {}

  /**
   * Plans what a schedule needs, so that what is wrong with its target is told here.
   *
   * @throws dev.faultline.harness.EnvironmentException naming the value and the remedy
   */
  void prepare(Ask ask) {
    RunSpec unused = subject(ask).explorer.schedule(ask.index());
  }

  /** Runs a schedule while somebody listens. */
  Figures perform(Ask ask) {
    TraceHash trace = new TraceHash(ask.block());
    Subject subject = subject(ask);
    Trial trial = subject.trials.run(subject.explorer.schedule(ask.index()), trace);
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
    return subject.trials.perform(subject.explorer.schedule(ask.index()), null).history().hash();
  }

  private Subject subject(Ask ask) {
    return subjects.computeIfAbsent(
        Arrays.asList(ask.target(), ask.length(), ask.seed()), unused -> fresh(ask));
  }

  /** As {@code faultline explore} plans them, so that what it finds can be looked into here. */
  private static Subject fresh(Ask ask) {
    Request request =
        new Request(
            ask.target(),
            null,
            "sim",
            List.of(),
            null,
            List.of(),
            Map.of(),
            ask.length(),
            ask.seed(),
            0,
            0,
            0);
    Trials trials = Trials.ofOwnLength(request);
    return new Subject(trials, new Explorer(trials, trials.kinds(null), Strategy.BEST, ask.seed()));
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
