package dev.faultline.harness.run;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.Target;
import dev.faultline.harness.Trace;
import dev.faultline.harness.VirtualTime;
import dev.faultline.harness.judge.Judge;
import dev.faultline.harness.judge.Judgement;
import dev.faultline.history.Entry;
import dev.faultline.history.History;
import dev.faultline.spec.FaultPlan;
import dev.faultline.spec.RunSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Many runs of one spec in virtual time, in memory, each with its own seed and plan. */
public final class Trials {
  private static final Duration CHECK_TIME = Duration.ofSeconds(10);

  private final RunSpec base;
  private final VirtualTime environment;
  private final Planner.Cast cast;
  private final List<Target.Goal> goals;

  private Trials(RunSpec base, VirtualTime environment) {
    this.base = base;
    this.environment = environment;
    this.cast = Planner.cast(base);
    this.goals = Catalog.target(base.target()).goals();
  }

  /**
   * Runs of this spec.
   *
   * @throws EnvironmentException if its environment has no virtual time
   */
  public static Trials of(RunSpec base) {
    if (Catalog.environment(base.environment()) instanceof VirtualTime virtual) {
      return new Trials(base, virtual);
    }
    throw new EnvironmentException(
        "environment '" + base.environment() + "' runs in real time; search needs --env sim");
  }

  /** Runs of this spec in another virtual environment than it names: to try environments. */
  public static Trials in(RunSpec base, VirtualTime environment) {
    return new Trials(base, environment);
  }

  /** Runs as large as the target calls for, unless the request says how long they are. */
  public static Trials ofOwnLength(Request request) {
    Planner.Cast cast = Planner.cast(Planner.plan(request));
    return of(Planner.plan(request.within(cast.target().extent(cast.plan().setup()))));
  }

  public RunSpec base() {
    return base;
  }

  /** A judged run. */
  public record Trial(RunSpec spec, History history, Judgement judgement) {
    /** Of the whole history, the same on every JVM; computed when it is first asked for. */
    public long hash() {
      return history.hash();
    }
  }

  /** The fault kinds asked for, or all that the target claims to bear; see {@code --faults}. */
  public List<String> kinds(@Nullable List<String> asked) {
    return FaultChoice.kinds(base, asked);
  }

  /** A seeded plan of some kinds for this spec's target, as {@code --faults} makes it. */
  public FaultPlan mix(List<String> kinds, long seed) {
    RunSpec spec = base.with(seed, FaultPlan.NONE, base.time());
    return FaultChoice.mix(spec, Planner.cast(spec, cast), kinds);
  }

  /**
   * What plans for this spec are made of.
   *
   * @param kinds fault kinds to choose from
   */
  public Terrain terrain(List<String> kinds) {
    return FaultChoice.terrain(cast, kinds);
  }

  /**
   * Compares a spec with what can be done, as {@link #run} does first.
   *
   * @throws EnvironmentException naming the first fault that cannot be carried out
   */
  public void check(RunSpec spec) {
    Planner.Cast unused = Planner.cast(spec, cast);
  }

  /** What the target hopes that a search comes through. */
  public List<Target.Goal> goals() {
    return goals;
  }

  /** Runs and judges; the same spec gives the same trial. */
  public Trial run(RunSpec spec) {
    return run(spec, null);
  }

  /** As {@link #run(RunSpec)}; the trace, if not null, is told of everything that happens. */
  public Trial run(RunSpec spec, @Nullable Trace trace) {
    return judge(perform(spec, trace));
  }

  /** As {@link #run(RunSpec)}, but the run leaves its course at a branch. */
  public Trial run(RunSpec spec, @Nullable Trace trace, Branch branch) {
    return judge(perform(spec, trace, branch));
  }

  /** A run that nobody has judged. */
  public record Performed(RunSpec spec, History history) {}

  /** The first half of {@link #run(RunSpec, Trace)}. */
  public Performed perform(RunSpec spec, @Nullable Trace trace) {
    return perform(spec, trace, null);
  }

  private Performed perform(RunSpec spec, @Nullable Trace trace, @Nullable Branch branch) {
    List<Entry> entries = new ArrayList<>();
    var unused =
        VirtualRun.perform(
            environment,
            Planner.cast(spec, cast),
            spec.plan(),
            spec.id(),
            Path.of("nodes"),
            entries::add,
            phase -> {},
            trace,
            branch);
    return new Performed(spec, History.of(entries));
  }

  /** The second half of {@link #run(RunSpec, Trace)}. */
  public Trial judge(Performed run) {
    return new Trial(run.spec(), run.history(), Judge.judge(run.spec(), run.history(), CHECK_TIME));
  }
}
