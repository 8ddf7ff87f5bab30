package dev.faultline.harness.run;

import dev.faultline.harness.EnvironmentException;
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

  private Trials(RunSpec base, VirtualTime environment) {
    this.base = base;
    this.environment = environment;
    this.cast = Planner.cast(base);
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

  public RunSpec base() {
    return base;
  }

  /**
   * A judged run.
   *
   * @param hash of the whole history, the same on every JVM
   */
  public record Trial(RunSpec spec, History history, Judgement judgement, long hash) {}

  /** The fault kinds asked for, or all that the target claims to bear; see {@code --faults}. */
  public List<String> kinds(@Nullable List<String> asked) {
    return FaultChoice.kinds(base, asked);
  }

  /** A seeded plan of some kinds for this spec's target, as {@code --faults} makes it. */
  public FaultPlan mix(List<String> kinds, long seed) {
    RunSpec spec = base.with(seed, FaultPlan.NONE, base.time());
    return FaultChoice.mix(spec, Planner.cast(spec, cast), kinds);
  }

  /** Runs and judges; the same spec gives the same trial. */
  public Trial run(RunSpec spec) {
    return run(spec, null);
  }

  /** As {@link #run(RunSpec)}; the trace, if not null, is told of everything that happens. */
  public Trial run(RunSpec spec, @Nullable Trace trace) {
    return judge(perform(spec, trace));
  }

  /**
   * A run that nobody has judged.
   *
   * @param hash of the whole history, the same on every JVM
   */
  public record Performed(RunSpec spec, History history, long hash) {}

  /** The first half of {@link #run(RunSpec, Trace)}. */
  public Performed perform(RunSpec spec, @Nullable Trace trace) {
    List<Entry> entries = new ArrayList<>();
    Hash hash = new Hash();
    var unused =
        VirtualRun.perform(
            environment,
            Planner.cast(spec, cast),
            spec.plan(),
            spec.id(),
            Path.of("nodes"),
            entry -> {
              entries.add(entry);
              hash.add(entry);
            },
            phase -> {},
            trace);
    return new Performed(spec, History.of(entries), hash.value());
  }

  /** The second half of {@link #run(RunSpec, Trace)}. */
  public Trial judge(Performed run) {
    Judgement judgement = Judge.judge(run.spec(), run.history(), CHECK_TIME);
    return new Trial(run.spec(), run.history(), judgement, run.hash());
  }

  /** Mixes what is in an entry by content, never by identity or iteration order of a hash table. */
  private static final class Hash {
    private long value = 0x9e3779b97f4a7c15L;

    long value() {
      return value;
    }

    void add(Entry entry) {
      mix(entry.time());
      switch (entry) {
        case Entry.Op op -> {
          mix(op.process());
          mix(op.type().ordinal());
          mix(op.f().hashCode());
          mix(op.key() == null ? 0 : op.key().hashCode());
          mix(op.value() == null ? 0 : op.value().hashCode());
        }
        case Entry.Fault fault -> {
          mix(fault.fault().hashCode());
          mix(fault.phase().ordinal());
          mix(fault.value().hashCode());
        }
        case Entry.Node node -> {
          mix(node.node().hashCode());
          mix(node.seq());
          mix(node.name().hashCode());
          mix(node.facts().hashCode());
        }
      }
    }

    private void mix(long x) {
      long z = (value ^ x) * 0xbf58476d1ce4e5b9L;
      value = z ^ (z >>> 29);
    }
  }
}
