package dev.faultline.harness.matrix;

import dev.faultline.harness.VirtualTime;
import dev.faultline.harness.judge.Judgement;
import dev.faultline.harness.judge.Judgement.Finding;
import dev.faultline.harness.judge.Judgement.Status;
import dev.faultline.harness.matrix.Cell.Sweep;
import dev.faultline.harness.run.Catalog;
import dev.faultline.harness.run.Experiment;
import dev.faultline.harness.run.Progress;
import dev.faultline.harness.run.Request;
import dev.faultline.harness.run.Trials;
import dev.faultline.harness.run.Trials.Trial;
import dev.faultline.harness.search.Explorer;
import dev.faultline.harness.search.Strategy;
import dev.faultline.harness.search.Summary.Sighting;
import dev.faultline.node.KeyedRandom;
import dev.faultline.spec.FaultPlan;
import dev.faultline.spec.RunSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Asks the questions of the matrix. A sweep ends as soon as it has its answer, so that only silent
 * cells cost all their schedules.
 */
public final class Matrix {
  /** A declared breach may take so many times the schedules of a cell that is to be silent. */
  private static final long PATIENCE = 10;

  private static final Duration REAL_LENGTH = Duration.ofSeconds(8);

  private final Scope scope;
  private final Function<RunSpec, Path> directories;

  /**
   * @param directories where a run in real time is to be written
   */
  public Matrix(Scope scope, Function<RunSpec, Path> directories) {
    this.scope = scope;
    this.directories = directories;
  }

  /**
   * How hard to look.
   *
   * @param seeds sweeps of each cell
   * @param schedules of each sweep that finds nothing; one for a declared breach may take ten times
   *     as many
   * @param length of each schedule's main phase; null for the target's own in simulation, else 8 s
   * @param time of each sweep, at most; what comes out then depends on the machine
   */
  public record Scope(
      String environment, int seeds, long schedules, @Nullable Duration length, Duration time) {}

  /** Asks one question. */
  public Cell ask(Question question) {
    List<Sweep> sweeps = new ArrayList<>();
    for (long seed = 1; seed <= scope.seeds(); seed++) {
      sweeps.add(sweep(question, seed));
    }
    return new Cell(question, sweeps);
  }

  private Sweep sweep(Question question, long seed) {
    LongFunction<Judgement> attempts =
        Catalog.environment(scope.environment()) instanceof VirtualTime
            ? simulated(question, seed)
            : real(question, seed);
    long deadline = System.nanoTime() + scope.time().toNanos();
    Map<String, Long> first = new TreeMap<>();
    long counted = 0;
    long index = 0;
    long most = scope.schedules() * (question.required().isEmpty() ? 1 : PATIENCE);
    while (index < most
        && !answered(question, first)
        && (index == 0 || System.nanoTime() - deadline < 0)) {
      Judgement judgement = attempts.apply(index++);
      Status status = judgement.status();
      counted += status == Status.VALID || status == Status.INVALID ? 1 : 0;
      for (Finding finding : judgement.findings()) {
        if (finding.fails()) {
          first.putIfAbsent(finding.property(), index);
        }
      }
    }
    return new Sweep(seed, index, counted, first);
  }

  /** Whether no further schedule can make the cell right or wrong. */
  private static boolean answered(Question question, Map<String, Long> first) {
    return !first.isEmpty()
        && (!question.allowed().containsAll(first.keySet())
            || first.keySet().containsAll(question.required()));
  }

  private LongFunction<Judgement> simulated(Question question, long seed) {
    Request request = request(question, List.of(), scope.length(), seed);
    if (question.plan() != null) {
      Trials trials = Trials.of(Experiment.plan(request));
      RunSpec base = trials.base();
      return index ->
          trials
              .run(base.with(KeyedRandom.at(seed, index, "schedule"), base.plan(), base.time()))
              .judgement();
    }
    Trials trials =
        scope.length() == null ? Trials.ofOwnLength(request) : Trials.of(Experiment.plan(request));
    Explorer explorer = new Explorer(trials, question.kinds(), Strategy.BEST, seed);
    return index -> {
      Trial trial = explorer.attempt(index);
      // What is invalid is run again before it is told.
      return trial.judgement().status() == Status.INVALID
          ? Sighting.of(index, trial).again(trials).judgement()
          : trial.judgement();
    };
  }

  private LongFunction<Judgement> real(Question question, long seed) {
    return index -> {
      long own = Math.floorMod(KeyedRandom.at(seed, index, "schedule"), 1_000_000);
      Duration length = scope.length() == null ? REAL_LENGTH : scope.length();
      RunSpec spec = Experiment.plan(request(question, question.kinds(), length, own));
      Path dir = directories.apply(spec);
      RunSpec named = spec.withId(String.valueOf(dir.getFileName()));
      return Experiment.run(named, dir, Progress.NONE).judgement();
    };
  }

  private Request request(
      Question question, List<String> kinds, @Nullable Duration length, long seed) {
    String name = question.plan();
    FaultPlan plan = name == null ? null : Plans.read(name);
    return new Request(
        question.name(),
        question.workload(),
        scope.environment(),
        plan == null ? kinds : null,
        plan,
        List.of(),
        Map.of(),
        plan == null ? length : Plans.length(plan),
        seed,
        question.nodes(),
        0,
        0);
  }
}
