package dev.faultline.targets.register;

import dev.faultline.json.JsonView;
import java.util.Comparator;
import java.util.List;

/**
 * Orders the writes to a key: by counter, and where two writers took the same counter, by writer.
 *
 * @param writer names one write among all there ever are, so that no two versions are equal
 */
record Version(long counter, String writer) implements Comparable<Version> {
  /** That of a key that was never written. */
  static final Version NONE = new Version(0, "");

  private static final Comparator<Version> ORDER =
      Comparator.comparingLong(Version::counter).thenComparing(Version::writer);

  @Override
  public int compareTo(Version other) {
    return ORDER.compare(this, other);
  }

  /** As it stands in messages and on disk: {@code [counter, writer]}. */
  List<Object> toJson() {
    return List.of(counter, writer);
  }

  static Version fromJson(JsonView view) {
    if (view.value() instanceof List<?> pair
        && pair.size() == 2
        && pair.get(0) instanceof Long counter
        && pair.get(1) instanceof String writer) {
      return new Version(counter, writer);
    }
    List<JsonView> parts = view.list();
    return new Version(parts.get(0).integer(), parts.get(1).string());
  }
}
