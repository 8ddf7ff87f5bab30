package dev.faultline.cli;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.judge.Judgement.Status;
import dev.faultline.harness.search.Cause;
import dev.faultline.harness.search.Loosened;
import dev.faultline.harness.search.Replay;
import dev.faultline.json.Json;
import dev.faultline.spec.RunSpec;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code faultline replay}: shows a failure again, in simulation exactly, or for real. */
@Command(
    name = "replay",
    sortOptions = false,
    description = {
      "Show a failure again: in sim exactly, event by event; elsewhere the same plan for real.%n"
    },
    footer = "%nExit code 1: shown again. 0: valid this time. 2: neither.")
final class ReplayCommand implements Callable<Integer> {
  private final Root root;

  @Parameters(index = "0", paramLabel = "FILE|RUNDIR", description = "A replay file, or a run.")
  private Path what = Path.of("");

  @Option(names = "--env", paramLabel = "ID", description = "sim by default.")
  private String environment = "sim";

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "For real: so many seeds of each form, the file's own first; 1 by default.")
  private int seeds = 1;

  @Option(names = "--json", description = "Print what was shown as JSON.")
  private boolean json;

  ReplayCommand(Root root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    if (seeds < 1) {
      throw new EnvironmentException("--seeds " + seeds + ": want 1 or more");
    }
    Replays.Given given = Replays.read(what);
    Replay replay = given.replay();
    List<String> notes = new ArrayList<>();
    if (environment.equals("sim") && replay != null) {
      notes.addAll(compare(replay));
    }
    RunSpec spec =
        environment.equals("sim") ? given.simulated() : given.spec().withEnvironment(environment);
    if (environment.equals("sim") && !given.recorded().isEmpty()) {
      notes.add(
          "the faults as they were carried out, %s, seed %d"
              .formatted(
                  spec.script().isEmpty() ? "other operations" : "the recorded operations",
                  spec.seed()));
    }
    List<Attempt> attempts =
        Attempt.all(
            given.cause(),
            forms(spec),
            environment,
            environment.equals("sim") ? 1 : seeds,
            run -> {
              if (!json) {
                root.terminal().out().print(new Results(root, false).text(run));
              }
            });
    tell(given.cause(), attempts, notes);
    boolean valid = attempts.stream().allMatch(a -> a.status() == Status.VALID);
    return attempts.stream().anyMatch(Attempt::shown) ? 1 : valid ? 0 : 2;
  }

  /** For real, a failure that does not show as it is may show when there is more time. */
  private List<Loosened> forms(RunSpec spec) {
    List<Loosened> forms = Loosened.of(spec);
    return environment.equals("sim") ? forms.subList(0, 1) : forms;
  }

  /** What no longer is as the file says. */
  private static List<String> compare(Replay replay) {
    Replay.Shown shown = replay.show();
    List<String> notes = new ArrayList<>();
    for (String change : shown.changed()) {
      notes.add("other code than the file was made with: " + change);
    }
    notes.add(
        shown.same()
            ? "the same history, entry by entry: hash %016x".formatted(shown.trial().hash())
            : "not the same history: hash %016x, and the file says %016x"
                .formatted(shown.trial().hash(), replay.hash()));
    return notes;
  }

  private void tell(Cause cause, List<Attempt> attempts, List<String> notes) {
    PrintStream out = root.terminal().out();
    long shown = attempts.stream().filter(Attempt::shown).count();
    if (json) {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      map.put("property", cause.property());
      map.put("clause", cause.clause());
      map.put("environment", environment);
      map.put("runs", (long) attempts.size());
      map.put("shown", shown);
      map.put("notes", notes);
      map.put("attempts", attempts.stream().map(Attempt::data).toList());
      out.print(Json.pretty(map));
    } else {
      notes.forEach(note -> out.println("  replay     " + note));
      if (!environment.equals("sim")) {
        attempts.forEach(a -> out.println("  replay     " + a.form() + ": " + a.outcome()));
      }
      out.println(
          "  replay     %s in %s: shown in %d of %d run%s"
              .formatted(
                  cause, environment, shown, attempts.size(), attempts.size() == 1 ? "" : "s"));
    }
    out.flush();
  }
}
