package dev.faultline.harness.run;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.Report;
import dev.faultline.harness.VirtualTime;
import dev.faultline.harness.judge.Judge;
import dev.faultline.harness.judge.Sensitivity;
import dev.faultline.history.History;
import dev.faultline.history.HistoryException;
import dev.faultline.history.HistoryFile;
import dev.faultline.json.JsonException;
import dev.faultline.json.JsonView;
import dev.faultline.spec.FaultPlan;
import dev.faultline.spec.RunSpec;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Plans, runs and judges experiments: what the command line and the JUnit extension call. */
public final class Experiment {
  static final String RUN = "run.json";
  static final String HISTORY = "history.jsonl";
  static final String FAULTS = "faults.json";
  static final String OBSERVED = "observed.json";

  /** Time for each check after a run. */
  public static final Duration CHECK_TIME = Duration.ofSeconds(60);

  private Experiment() {}

  /**
   * Fills in every default and checks everything that can be checked before anything is started.
   *
   * @throws EnvironmentException naming the value, the place and the remedy
   */
  public static RunSpec plan(Request request) {
    return Planner.plan(request);
  }

  /** The fault kinds that the spec's target claims to bear and its environment can do, sorted. */
  public static List<String> kinds(RunSpec spec) {
    return FaultChoice.kinds(spec, null);
  }

  /** The kinds of a spec's faults that its environment cannot do to its target, sorted. */
  public static List<String> impossible(RunSpec spec) {
    Planner.Cast cast = Planner.cast(spec.with(spec.seed(), FaultPlan.NONE, spec.time()));
    Set<String> possible = cast.environment().capabilities(cast.deployment());
    return spec.plan().kinds().stream().filter(kind -> !possible.contains(kind)).toList();
  }

  /**
   * Carries a run out: starts the cluster, drives clients and faults, records, heals, stops, judges
   * and writes the reports. Bounded in time. Being interrupted stops everything in order; what was
   * recorded stays.
   *
   * @param dir the run directory, created here; must not exist or be empty
   * @throws EnvironmentException if the experiment could not be carried out
   */
  public static RunResult run(RunSpec spec, Path dir, Progress progress) {
    return run(spec, dir, progress, Manner.PLAIN);
  }

  /** As {@link #run(RunSpec, Path, Progress)}, in another manner. */
  public static RunResult run(RunSpec spec, Path dir, Progress progress, Manner manner) {
    Stage stage = new Stage(spec, dir, progress, manner);
    RunSpec carriedOut = stage.perform();
    progress.phase("check");
    RunResult result = judge(carriedOut, dir, Long.MAX_VALUE, CHECK_TIME).noting(stage.notes());
    Explainer.write(result, Explainer.Limits.NOTHING);
    report(result);
    return result;
  }

  /**
   * Carries a run that broke a property out again on a single node, in {@code control/} of its
   * directory, and writes its reports again, which then say whether distribution is to blame.
   *
   * @return that in one sentence; empty if nothing was broken
   */
  public static String control(RunResult result, Progress progress) {
    String sentence = Control.run(result, progress);
    if (!sentence.isEmpty()) {
      report(result);
    }
    return sentence;
  }

  /**
   * Reads {@code run.json} of a run directory.
   *
   * @throws EnvironmentException if there is none, or it cannot be read
   */
  public static RunSpec load(Path dir) {
    Path file = dir.resolve(RUN);
    try {
      return RunSpec.fromJson(JsonView.parse(file.toString(), Files.readString(file)));
    } catch (IOException e) {
      throw new EnvironmentException(
          dir + ": no readable " + RUN + " (" + e.getMessage() + "); name a run directory", e);
    } catch (JsonException e) {
      throw new EnvironmentException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Judges a run directory again, from its files alone.
   *
   * @param until how many entries of the history to judge; {@link Long#MAX_VALUE} for all
   * @param time budget of each check
   * @throws EnvironmentException if a file is missing or malformed
   */
  public static RunResult check(Path dir, long until, Duration time) {
    return judge(load(dir), dir, until, time);
  }

  /**
   * Whether a directory is what a run leaves that dies before its plan is written: nothing was
   * started, and there is nothing to judge.
   */
  public static boolean diedBeforePlan(Path dir) {
    if (Files.exists(dir.resolve(RUN))) {
      return false;
    }
    try (Stream<Path> inside = Files.list(dir)) {
      return inside.allMatch(p -> p.endsWith("nodes") || p.endsWith("." + RUN + ".part"));
    } catch (IOException e) {
      return false;
    }
  }

  /** The command that repeats a run; {@code faultline.command} is how this program was called. */
  public static String again(Path dir) {
    return System.getProperty("faultline.command", "./faultline") + " run " + dir;
  }

  private static RunResult judge(RunSpec spec, Path dir, long until, Duration time) {
    Path plain = dir.resolve(HISTORY);
    Path file = Files.exists(plain) ? plain : dir.resolve(HISTORY + ".gz");
    List<String> notes = new ArrayList<>();
    try {
      History history;
      if (Files.exists(file)) {
        HistoryFile read = HistoryFile.read(file, until);
        history = read.history();
        if (read.leftOut() != null) {
          notes.add(read.leftOut() + "; it was left out");
        }
      } else {
        history = History.of(List.of());
        notes.add("there is no " + HISTORY + ": the run ended before anything was recorded");
      }
      return new RunResult(
          spec,
          history,
          Sensitivity.of(spec, history, Judge.judge(spec, history, time)),
          dir,
          List.copyOf(notes));
    } catch (IOException e) {
      throw new EnvironmentException(
          dir + ": no readable " + file.getFileName() + " (" + e.getMessage() + ")", e);
    } catch (HistoryException e) {
      throw new EnvironmentException(dir + ": " + e.getMessage(), e);
    }
  }

  /**
   * Writes {@code faults.json}, after a run in real time also {@code observed.json}, the plan as it
   * was carried out for the simulator, and every report of a judged run into its directory. A
   * report that cannot be written is told on the error stream: it never changes a verdict.
   */
  public static void report(RunResult result) {
    write(
        result.dir().resolve(FAULTS),
        dev.faultline.json.Json.pretty(FaultsFile.of(result.run().plan(), result.history())));
    if (!(Catalog.environment(result.run().environment()) instanceof VirtualTime)) {
      write(
          result.dir().resolve(OBSERVED),
          dev.faultline.json.Json.pretty(
              ObservedPlan.of(result.run().plan(), result.history()).toJson()));
    }
    Report.Input input =
        new Report.Input(
            result.run(), result.history(), result.judgement(), result.dir(), again(result.dir()));
    for (Report report : Catalog.reports()) {
      try {
        StringWriter text = new StringWriter();
        report.write(input, text);
        write(result.dir().resolve(report.fileName()), text.toString());
      } catch (IOException | RuntimeException e) {
        System.err.println(result.dir().resolve(report.fileName()) + ": report not written: " + e);
      }
    }
  }

  /** Writes a file that is there whole or, if this process dies meanwhile, as it was before. */
  static void write(Path file, String text) {
    Path part = file.resolveSibling("." + file.getFileName() + ".part");
    try {
      Files.writeString(part, text);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      System.err.println(file + ": not written: " + e.getMessage());
    }
  }
}
