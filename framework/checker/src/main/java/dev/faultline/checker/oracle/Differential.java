package dev.faultline.checker.oracle;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Checker;
import dev.faultline.checker.Checkers;
import dev.faultline.checker.Verdict;
import dev.faultline.history.History;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Random small histories of every model, good and spoilt, judged by engines and by the definition.
 * What an engine answers must be right, and orders that it shows are played.
 */
public final class Differential {
  private static final int KEPT = 20;

  private final List<Model> models = new ArrayList<>();
  private final List<String> disagreements = new ArrayList<>();
  private LongSupplier clock = () -> 0;
  private long disagreed;

  /** Whoever judges histories. */
  public interface Engine {
    /** What it finds; unknown if this is not for it. */
    Verdict judge(History history);
  }

  /** Makes the engine for a model. */
  public interface Maker {
    /**
     * It.
     *
     * @param params {@code model}, and what it asks for
     */
    Engine make(Map<String, ?> params);
  }

  /**
   * What was judged of one model.
   *
   * @param ordered how many of them have an order
   * @param skipped how many the definition could not decide
   * @param nanos of the engines alone
   */
  public record Count(long histories, long ordered, long skipped, long nanos) {}

  private static final class Model {
    final String id;
    final Toy toy;
    final Samples samples;
    final Map<String, Engine> engines = new LinkedHashMap<>();
    long histories;
    long ordered;
    long skipped;
    long nanos;

    Model(Toy toy, Samples samples) {
      this.id = String.valueOf(toy.params().get("model"));
      this.toy = toy;
      this.samples = samples;
    }
  }

  /**
   * The histories of a seed, of all models or of one, and no engine yet.
   *
   * @throws IllegalArgumentException if there is no such model
   */
  public Differential(long seed, @Nullable String model) {
    List<Toy> toys = Toys.all();
    for (int i = 0; i < toys.size(); i++) {
      Model one = new Model(toys.get(i), new Samples(toys.get(i), seed, i));
      if (model == null || model.equals(one.id)) {
        models.add(one);
      }
    }
    if (models.isEmpty()) {
      List<String> known =
          toys.stream().map(toy -> String.valueOf(toy.params().get("model"))).distinct().toList();
      throw new IllegalArgumentException(
          "no model '%s'; known: %s".formatted(model, String.join(", ", known)));
    }
  }

  /** Adds {@code linearizable}, which must decide every history. */
  public Differential withChecker() {
    return with(
        "linearizable",
        params -> {
          Checker checker = Checkers.create("linearizable", params);
          return history -> checker.check(history, budget());
        });
  }

  /** Adds an engine, which may pass. */
  public Differential with(String name, Maker maker) {
    for (Model model : models) {
      model.engines.put(name, maker.make(model.toy.params()));
    }
    return this;
  }

  /** Measures engines by a clock of nanoseconds; without one they take no time. */
  public Differential timed(LongSupplier nanos) {
    clock = nanos;
    return this;
  }

  /** What one history may cost. */
  public static Budget budget() {
    return new Budget(Duration.ofMinutes(1), 500_000_000);
  }

  /** Judges the histories {@code from} (inclusive) to {@code to} (exclusive), or until told so. */
  public void run(long from, long to, BooleanSupplier stop) {
    for (long n = from; n < to && !stop.getAsBoolean(); n++) {
      Model model = models.get((int) Math.floorMod(n, (long) models.size()));
      one(model, Math.floorDiv(n, (long) models.size()));
    }
  }

  /** The first of what they disagree about; a few lines each. */
  public List<String> disagreements() {
    return List.copyOf(disagreements);
  }

  /** How many histories they disagree about. */
  public long disagreed() {
    return disagreed;
  }

  /** What was judged, by model. */
  public Map<String, Count> counts() {
    Map<String, Count> all = new TreeMap<>();
    for (Model m : models) {
      all.merge(
          m.id,
          new Count(m.histories, m.ordered, m.skipped, m.nanos),
          (a, b) ->
              new Count(
                  a.histories + b.histories,
                  a.ordered + b.ordered,
                  a.skipped + b.skipped,
                  a.nanos + b.nanos));
    }
    return all;
  }

  private void one(Model model, long n) {
    Samples.Sample sample = model.samples.sample(n);
    model.histories++;
    if (sample.decision() == Oracle.Decision.TOO_LARGE) {
      model.skipped++;
      return;
    }
    boolean ordered = sample.decision() == Oracle.Decision.ORDERED;
    model.ordered += ordered ? 1 : 0;
    String wrong = !sample.spoilt() && !ordered ? "what was played has no order" : null;
    if (wrong == null) {
      wrong = disagreement(model, sample.rows(), sample.decision());
    }
    if (wrong != null) {
      disagreed++;
      if (disagreements.size() < KEPT) {
        tell(model, n, sample.rows(), wrong);
      }
    }
  }

  private @Nullable String disagreement(Model model, List<Row> rows, Oracle.Decision decision) {
    History history = Row.history(rows);
    for (Map.Entry<String, Engine> e : model.engines.entrySet()) {
      long start = clock.getAsLong();
      Verdict verdict = e.getValue().judge(history);
      model.nanos += clock.getAsLong() - start;
      boolean must = e.getKey().equals("linearizable");
      String wrong =
          switch (verdict) {
            case Verdict.Valid valid ->
                decision == Oracle.Decision.ORDERED
                    ? OrderCheck.problem(model.toy, history.operations(), valid.evidence())
                    : "valid";
            case Verdict.Invalid invalid ->
                decision == Oracle.Decision.NOT_ORDERED
                    ? null
                    : "invalid: " + invalid.witness().sentence();
            case Verdict.Unknown unknown ->
                decision == Oracle.Decision.NOT_ITS_KIND || !must
                    ? null
                    : "unknown: " + unknown.reason();
          };
      if (wrong != null) {
        return "%s says %s; the definition says %s".formatted(e.getKey(), wrong, decision);
      }
    }
    return null;
  }

  /** Leaves out what is not needed for the disagreement. */
  private void tell(Model model, long n, List<Row> rows, String wrong) {
    List<Row> few = new ArrayList<>(rows);
    String what = wrong;
    for (int i = few.size() - 1; i >= 0; i--) {
      List<Row> fewer = new ArrayList<>(few);
      Row unused = fewer.remove(i);
      Oracle.Decision decision = model.samples.decide(fewer);
      String still =
          decision == Oracle.Decision.TOO_LARGE ? null : disagreement(model, fewer, decision);
      if (still != null) {
        few = fewer;
        what = still;
      }
    }
    disagreements.add(
        "%s, history %d: %s%n%s"
            .formatted(new TreeMap<>(model.toy.params()), n, what, Row.told(few)));
  }
}
