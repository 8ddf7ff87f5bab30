package dev.faultline.harness.search;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.run.Trials;
import dev.faultline.harness.run.Trials.Trial;
import dev.faultline.json.JsonView;
import dev.faultline.spec.Ending;
import dev.faultline.spec.FaultPlan;
import dev.faultline.spec.RunSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a search, or a part of one, did. Parts can be added in any order: the sum of all is what one
 * worker alone would have reported.
 *
 * @param fewer schedules of which some fault never came or did nothing, valid under the others
 * @param notCounted schedules that were void or unknown
 * @param hash sum of the histories' hashes
 * @param states abstract states that were reached
 * @param pairs pairs of events that were seen
 * @param goals how many schedules reached each goal, by its id; 0 for one that none did
 * @param findings by cause
 */
public record Summary(
    long schedules,
    long invalid,
    long fewer,
    long notCounted,
    long hash,
    Distinct states,
    Distinct pairs,
    Map<String, Long> goals,
    List<Found> findings) {
  /** Schedules kept of each cause: those with the lowest indices. */
  private static final int KEPT = 3;

  /** A schedule that failed. */
  public record Sighting(long index, long seed, FaultPlan plan, Ending ending, long hash) {
    /** That of a schedule that was run. */
    public static Sighting of(long index, Trial trial) {
      RunSpec spec = trial.spec();
      return new Sighting(index, spec.seed(), spec.plan(), spec.ending(), trial.hash());
    }

    /**
     * Runs it again, as is done with every failure before it is told.
     *
     * @throws EnvironmentException if it is not the same: that is our bug, or a node's
     */
    public Trial again(Trials trials) {
      RunSpec base = trials.base();
      Trial trial = trials.run(base.with(seed, plan, base.time()).ending(ending));
      if (trial.hash() != hash) {
        throw new EnvironmentException(
            "schedule %d (seed %d) gave two different histories: hashes %016x and %016x; this is a bug of Faultline or of a node that is not deterministic: see faultline gate %s"
                .formatted(index, seed, hash, trial.hash(), base.targetName()));
      }
      return trial;
    }
  }

  /**
   * A cause that was found.
   *
   * @param first the schedules with the lowest indices, ascending, at least one
   * @param times how many schedules had it
   */
  public record Found(Cause cause, List<Sighting> first, long times) {
    /** The lowest index. */
    public long index() {
      return first.get(0).index();
    }

    Found plus(Found other) {
      return new Found(
          cause,
          Stream.concat(first.stream(), other.first.stream())
              .sorted(java.util.Comparator.comparingLong(Sighting::index))
              .limit(KEPT)
              .toList(),
          times + other.times);
    }
  }

  /** Both together; they must be of different schedules. */
  public Summary plus(Summary other) {
    Map<Cause, Found> causes = new TreeMap<>();
    findings.forEach(f -> causes.merge(f.cause, f, Found::plus));
    other.findings.forEach(f -> causes.merge(f.cause, f, Found::plus));
    Map<String, Long> reached = new TreeMap<>(goals);
    other.goals.forEach((goal, times) -> reached.merge(goal, times, Long::sum));
    return new Summary(
        schedules + other.schedules,
        invalid + other.invalid,
        fewer + other.fewer,
        notCounted + other.notCounted,
        hash + other.hash,
        union(states, other.states),
        union(pairs, other.pairs),
        reached,
        List.copyOf(causes.values()));
  }

  private static Distinct union(Distinct a, Distinct b) {
    Distinct all = a.copy();
    all.addAll(b);
    return all;
  }

  /** The figures alone. */
  public Pulse pulse() {
    return new Pulse(schedules, invalid, fewer, notCounted, states.count(), findings.size());
  }

  /** The JSON form, the same for the same search. */
  public Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("schedules", schedules);
    map.put("invalid", invalid);
    map.put("fewer", fewer);
    map.put("notCounted", notCounted);
    map.put("hash", hex(hash));
    map.put("goals", new TreeMap<>(goals));
    map.put("findings", findings.stream().map(Summary::json).toList());
    map.put("states", hashes(states));
    map.put("pairs", hashes(pairs));
    return map;
  }

  private static Map<String, @Nullable Object> json(Found found) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("property", found.cause.property());
    map.put("clause", found.cause.clause());
    map.put("times", found.times);
    List<Map<String, @Nullable Object>> first = new ArrayList<>();
    for (Sighting s : found.first) {
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      one.put("index", s.index);
      one.put("seed", s.seed);
      one.put("hash", hex(s.hash));
      one.put("plan", s.plan.toJson());
      if (s.ending != Ending.NONE) {
        one.put("ending", s.ending.word());
      }
      first.add(one);
    }
    map.put("first", first);
    return map;
  }

  /**
   * Reads the JSON form; what else is there is passed over.
   *
   * @throws dev.faultline.json.JsonException naming the place and the value
   */
  public static Summary fromJson(JsonView view) {
    List<Found> findings = new ArrayList<>();
    for (JsonView found : view.get("findings").list()) {
      List<Sighting> first = new ArrayList<>();
      for (JsonView s : found.get("first").list()) {
        first.add(
            new Sighting(
                s.get("index").integer(),
                s.get("seed").integer(),
                FaultPlan.fromJson(s.get("plan")),
                Ending.of(s),
                hash(s.get("hash"))));
      }
      if (first.isEmpty()) {
        throw found.error("'first' names no schedule");
      }
      Cause cause = new Cause(found.get("property").string(), found.get("clause").string());
      findings.add(new Found(cause, first, found.get("times").integer()));
    }
    Map<String, Long> goals = new TreeMap<>();
    for (String goal : view.get("goals").map().keySet()) {
      goals.put(goal, view.get("goals").get(goal).integer());
    }
    return new Summary(
        view.get("schedules").integer(),
        view.get("invalid").integer(),
        view.get("fewer").integer(),
        view.get("notCounted").integer(),
        hash(view.get("hash")),
        hashes(view.get("states")),
        hashes(view.get("pairs")),
        goals,
        findings);
  }

  private static Distinct hashes(JsonView view) {
    Distinct hashes = new Distinct();
    view.list().forEach(v -> hashes.add(hash(v)));
    return hashes;
  }

  private static List<String> hashes(Distinct hashes) {
    return Arrays.stream(hashes.smallest()).mapToObj(Summary::hex).toList();
  }

  private static long hash(JsonView view) {
    try {
      return Long.parseUnsignedLong(view.string(), 16);
    } catch (NumberFormatException e) {
      throw view.error("'" + view.string() + "' is no hash of 16 hexadecimal digits");
    }
  }

  private static String hex(long hash) {
    return "%016x".formatted(hash);
  }
}
