package dev.faultline.harness.explain;

import dev.faultline.checker.Verdict;
import dev.faultline.checker.Witness;
import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.Trace;
import dev.faultline.harness.judge.Judgement;
import dev.faultline.harness.judge.Judgement.Finding;
import dev.faultline.history.Entry;
import dev.faultline.history.History;
import dev.faultline.history.HistoryLines;
import dev.faultline.json.Json;
import dev.faultline.json.JsonException;
import dev.faultline.json.JsonView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Explains a simulated failure, from a trace of it, in the files {@value #FILE} and {@value
 * #SHIVIZ}.
 */
public final class Explanations {
  /** What the reports read. */
  public static final String FILE = "explanation.json";

  /** The causal past as a log for ShiViz. */
  public static final String SHIVIZ = "trace.shiviz.log";

  /** The picture begins so much before the first step of the witness. */
  private static final long LEAD_NANOS = 20_000_000;

  private final TraceLog log = new TraceLog();
  private @Nullable BitSet past;

  /** What must have listened to the run. */
  public Trace trace() {
    return log;
  }

  /**
   * What led to a broken promise in the run that was listened to, or that it is not known.
   *
   * @param judged the history that the judgement is of
   * @param again the history of the run that was listened to
   * @throws IllegalArgumentException if the judgement has no broken promise
   */
  public Explanation explain(History judged, Judgement judgement, History again) {
    Finding finding = judgement.headline();
    if (finding == null || !(finding.verdict() instanceof Verdict.Invalid invalid)) {
      throw new IllegalArgumentException("a run that is not invalid has nothing to explain");
    }
    Witness witness = invalid.witness();
    String other = difference(judged, again);
    Set<Long> entries = entries(judged, witness);
    int last = entries.stream().mapToInt(log::ofEntry).max().orElse(TraceLog.NONE);
    if (other != null || last == TraceLog.NONE) {
      String why = other == null ? "the witness names nothing that the run's trace has" : other;
      return new Explanation(finding.property(), witness.sentence(), why, null, 0);
    }
    BitSet led = CausalPast.of(log, last);
    past = led;
    long first =
        witness.steps().stream()
            .mapToLong(Witness.Step::time)
            .min()
            .orElse(log.steps().get(last).at());
    Diagram diagram = Thinning.diagram(log, led, entries, Math.max(0, first - LEAD_NANOS));
    return new Explanation(
        finding.property(),
        witness.sentence(),
        null,
        diagram.under(judgement.faults()),
        led.cardinality());
  }

  /**
   * Writes an explanation into a run directory, and the log for ShiViz if it explains something.
   *
   * @throws EnvironmentException if a file cannot be written
   */
  public void write(Explanation explanation, Path dir) {
    put(dir.resolve(FILE), Json.pretty(explanation.toJson()));
    if (past != null) {
      put(dir.resolve(SHIVIZ), ShiViz.text(log, ShiViz.last(past)));
    }
  }

  /** Where the two differ, for people, or null if they do not. */
  private static @Nullable String difference(History judged, History again) {
    int common = Math.min(judged.entries().size(), again.entries().size());
    for (int i = 0; i < common; i++) {
      String line = HistoryLines.encode(judged.entries().get(i));
      if (!line.equals(HistoryLines.encode(again.entries().get(i)))) {
        return "the run, repeated, has another history from entry " + i + " on";
      }
    }
    return judged.entries().size() == again.entries().size()
        ? null
        : "the run, repeated, has a history of %d entries, not of %d"
            .formatted(again.entries().size(), judged.entries().size());
  }

  /** The explanation in a run directory, null if it has none. */
  public static @Nullable Explanation read(Path dir) {
    Path file = dir.resolve(FILE);
    if (!Files.exists(file)) {
      return null;
    }
    try {
      return Explanation.fromJson(JsonView.parse(file.toString(), Files.readString(file)));
    } catch (IOException | JsonException e) {
      throw new EnvironmentException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** The command that tells why a run is invalid; null if its directory has no explanation. */
  public static @Nullable String command(Path dir) {
    return Files.exists(dir.resolve(FILE))
        ? System.getProperty("faultline.command", "./faultline") + " explain " + dir
        : null;
  }

  /** The lines of the history that a witness is about: both ends of its operations. */
  private static Set<Long> entries(History history, Witness witness) {
    Set<Long> entries = new TreeSet<>();
    for (Witness.Step step : witness.steps()) {
      entries.add(step.index());
      if (history.entries().get((int) step.index()) instanceof Entry.Op invoked) {
        history.entries().stream()
            .filter(e ->
                e instanceof Entry.Op op
                    && op.process() == invoked.process()
                    && op.index() > invoked.index()
                    && op.type() != Entry.Type.INVOKE)
            .findFirst()
            .ifPresent(end -> entries.add(end.index()));
      }
    }
    return entries;
  }

  private static void put(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new EnvironmentException(file + ": not written: " + e.getMessage(), e);
    }
  }
}
