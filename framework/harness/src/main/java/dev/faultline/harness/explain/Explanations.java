package dev.faultline.harness.explain;

import dev.faultline.checker.Verdict;
import dev.faultline.checker.Witness;
import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.Trace;
import dev.faultline.harness.judge.Judgement;
import dev.faultline.harness.judge.Judgement.FaultRecord;
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
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
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
  private List<FaultRecord> faults = List.of();
  private Set<Long> told = Set.of();

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
    BitSet led = CausalPast.of(log, entries);
    if (other != null || led.isEmpty()) {
      String why = other == null ? "the witness names nothing that the run's trace has" : other;
      return new Explanation(finding.property(), witness.sentence(), why, null, null, null, 0);
    }
    past = led;
    faults = judgement.faults();
    told = entries;
    long first =
        witness.steps().stream()
            .mapToLong(Witness.Step::time)
            .min()
            .orElse(log.steps().get(led.length() - 1).at());
    Diagram diagram = Thinning.diagram(log, led, entries, Math.max(0, first - LEAD_NANOS));
    return new Explanation(
        finding.property(),
        witness.sentence(),
        null,
        diagram.under(judgement.faults()),
        null,
        null,
        led.cardinality());
  }

  /** Whether the run, if it leaves its course before what is due at a time, fails all the same. */
  public interface Futures {
    /**
     * Runs one.
     *
     * @param at nanoseconds since the run's start
     * @param future its number, from 0
     */
    boolean fail(long at, int future);
  }

  /**
   * From when on the run, which was explained, could not escape its failure.
   *
   * @param futures what to try
   * @param each how many futures at a moment
   * @param spent whether to come to an end
   */
  public Inevitability inevitability(Futures futures, int each, BooleanSupplier spent) {
    if (past == null) {
      throw new IllegalStateException("a run that is not explained");
    }
    TreeSet<Long> moments = new TreeSet<>();
    log.steps().subList(0, past.length()).forEach(step -> moments.add(step.at()));
    List<Long> begun = faults.stream().map(FaultRecord::start).filter(at -> at >= 0).toList();
    begun.stream().filter(at -> at < moments.last()).forEach(moments::add);
    Happenings happenings = new Happenings(log, faults);
    return Scan.of(moments, begun, futures, each, spent, happenings::at);
  }

  /** How many steps this run and another one, both listened to, begin with. */
  public int common(Explanations other) {
    return Beside.common(log, other.log);
  }

  /** This run, which was explained, beside one that breaks no promise. */
  public Neighbour beside(Explanations passing, String change, Judgement.Status verdict) {
    int same = common(passing);
    long differs = Beside.differs(log, passing.log, same);
    return new Neighbour(
        change,
        verdict.name().toLowerCase(Locale.ROOT),
        differs,
        same,
        Beside.told(log, told, differs),
        Beside.told(passing.log, Beside.counterparts(log, told, passing.log), differs));
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
