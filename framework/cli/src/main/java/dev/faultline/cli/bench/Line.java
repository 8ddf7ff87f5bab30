package dev.faultline.cli.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One figure beside its bar.
 *
 * @param bar the bar's number
 * @param ours what was measured, with its unit
 * @param peer the same of a peer; empty if none was asked
 * @param ratio ours by the peer's; NaN where there is none
 */
public record Line(
    int bar,
    String what,
    String floor,
    String aim,
    String ours,
    String peer,
    double ratio,
    Grade grade) {
  /** How far it came. */
  public enum Grade {
    /** The aim. */
    AIM("aim"),
    /** The floor, not the aim. */
    FLOOR("floor"),
    /** Not even the floor. */
    MISSED("MISSED"),
    /** Not measured; {@code ours} says why. */
    OPEN("-"),
    /** For comparison; there is no bar. */
    NONE("");

    private final String word;

    Grade(String word) {
      this.word = word;
    }

    /** In a table. */
    public String word() {
      return word;
    }

    static Grade atMost(double value, double floor, double aim) {
      return value <= aim ? AIM : value <= floor ? FLOOR : MISSED;
    }

    static Grade atLeast(double value, double floor, double aim) {
      return atMost(-value, -floor, -aim);
    }

    /** The worse of both. */
    Grade and(Grade other) {
      return ordinal() >= other.ordinal() ? this : other;
    }
  }

  /** For JSON. */
  public Map<String, @Nullable Object> data() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("bar", (long) bar);
    map.put("what", what);
    map.put("floor", floor);
    map.put("aim", aim);
    map.put("ours", ours);
    map.put("peer", peer);
    map.put("ratio", Double.isNaN(ratio) ? null : (Object) ratio);
    map.put("met", grade.word());
    return map;
  }

  /** The ratio for people; empty if there is none. */
  public String ratioText() {
    return Double.isNaN(ratio) ? "" : Units.ratio(ratio);
  }
}
