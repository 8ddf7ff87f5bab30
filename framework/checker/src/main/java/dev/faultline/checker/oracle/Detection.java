package dev.faultline.checker.oracle;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Checkers;
import dev.faultline.checker.Verdict;
import dev.faultline.history.History;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What checkers see of an object that slips once: recordings of correct objects, and the same with
 * one slip. Every checker that needs nothing but operations has its place here.
 */
public final class Detection {
  private final long seed;
  private final int recordings;

  /** That many recordings of each object. */
  public Detection(long seed, int recordings) {
    this.seed = seed;
    this.recordings = recordings;
  }

  /**
   * Recordings with one kind of slip.
   *
   * @param of how many there were; in others there was no place for it
   * @param found how many were found invalid
   */
  public record Share(int of, int found) {}

  /**
   * What a checker said of one kind of object.
   *
   * @param alarms how many recordings of the correct object were found invalid
   * @param unknown how many of them were not decided
   * @param shares by what went wrong
   */
  public record Found(
      String property, String object, int alarms, int unknown, Map<String, Share> shares) {}

  /** What can go wrong, in the order of the columns. */
  public static List<String> slips() {
    List<String> words = new ArrayList<>();
    for (Slip slip : Slip.values()) {
      words.add(slip.word());
    }
    return words;
  }

  /** Records and judges everything. */
  public List<Found> run() {
    List<Found> rows = new ArrayList<>();
    List<Scene> scenes = Scene.all();
    for (int s = 0; s < scenes.size(); s++) {
      rows.addAll(judge(scenes.get(s), Samples.mix(seed, s)));
    }
    return rows;
  }

  private List<Found> judge(Scene scene, long own) {
    List<History> good = new ArrayList<>();
    Map<Slip, List<History>> bad = new EnumMap<>(Slip.class);
    for (int n = 0; n < recordings; n++) {
      long number = Samples.mix(own, n);
      for (Slip slip : Slip.values()) {
        List<History> of = bad.computeIfAbsent(slip, x -> new ArrayList<>());
        List<Row> rows = Recording.of(scene, number, slip);
        if (rows != null) {
          of.add(Row.history(rows));
        }
      }
      List<Row> rows = Recording.of(scene, number, null);
      good.add(Row.history(rows == null ? List.of() : rows));
    }
    List<Found> told = new ArrayList<>();
    scene
        .properties()
        .forEach((property, params) -> {
          int alarms = 0;
          int unknown = 0;
          for (History history : good) {
            Verdict verdict = verdict(property, params, history);
            alarms += verdict instanceof Verdict.Invalid ? 1 : 0;
            unknown += verdict instanceof Verdict.Unknown ? 1 : 0;
          }
          Map<String, Share> shares = new LinkedHashMap<>();
          bad.forEach((slip, histories) -> {
            int found = 0;
            for (History history : histories) {
              Verdict verdict = verdict(property, params, history);
              found += verdict instanceof Verdict.Invalid ? 1 : 0;
            }
            shares.put(slip.word(), new Share(histories.size(), found));
          });
          told.add(new Found(property, scene.name(), alarms, unknown, shares));
        });
    return told;
  }

  private static Verdict verdict(String property, Map<String, ?> params, History history) {
    return Checkers.create(property, params)
        .check(history, new Budget(Duration.ofSeconds(20), 20_000_000));
  }
}
