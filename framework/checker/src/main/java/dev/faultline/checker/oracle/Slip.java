package dev.faultline.checker.oracle;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What an object does wrong once in a recording. */
enum Slip {
  /** It says ok and does nothing: also what a failure that is taken for an ok looks like. */
  LOST("lost, fail→ok"),
  /** It does what was asked twice. */
  DUPLICATED("duplicated"),
  /** It answers with something that there never was. */
  PHANTOM("phantom"),
  /** It leaves one of many things out of an answer. */
  OMITTED("left out"),
  /** It answers from what it was before the call. */
  STALE("stale"),
  /** Two calls get each other's answers. */
  SWAPPED("swapped"),
  /** It does it and says that it failed. */
  DENIED("ok→fail");

  private static final long NEVER_SEEN = 999_999;

  private final String word;

  Slip(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }

  /** The answer without one of the things inside; the same if there are not several. */
  static @Nullable Object omitted(@Nullable Object answer) {
    if (answer instanceof Map<?, ?> map && map.get("events") != null) {
      TreeMap<String, @Nullable Object> changed = new TreeMap<>();
      map.forEach((key, value) -> changed.put(String.valueOf(key), value));
      changed.put("events", omitted(changed.get("events")));
      return changed;
    }
    if (answer instanceof Set<?> set && set.size() > 1) {
      Set<Object> changed = new LinkedHashSet<>(set);
      boolean unused = changed.remove(changed.iterator().next());
      return changed;
    }
    if (answer instanceof List<?> list && list.size() > 2) {
      List<@Nullable Object> changed = new ArrayList<>(list);
      Object unused = changed.remove(changed.size() / 2);
      return changed;
    }
    return answer;
  }

  /** An answer of the same shape that no object gave. */
  static @Nullable Object phantom(@Nullable Object answer) {
    return phantom(answer, false);
  }

  private static @Nullable Object phantom(@Nullable Object answer, boolean inside) {
    if (answer instanceof Boolean flag) {
      return !flag;
    }
    if (answer instanceof String) {
      return "phantom";
    }
    if (answer instanceof Map<?, ?> map && !map.isEmpty()) {
      TreeMap<String, @Nullable Object> changed = new TreeMap<>();
      map.forEach((key, value) -> changed.put(String.valueOf(key), value));
      changed.put(changed.firstKey(), phantom(changed.firstEntry().getValue(), false));
      return changed;
    }
    if (answer instanceof Set<?> set) {
      Set<Object> changed = new LinkedHashSet<>(set);
      changed.add(NEVER_SEEN);
      return changed;
    }
    if (answer instanceof List<?> list) {
      List<@Nullable Object> changed = new ArrayList<>(list);
      int last = changed.size() - 1;
      if (last >= 0 && changed.get(last) instanceof List<?> part) {
        changed.set(last, phantom(part, true));
      } else if (inside && last >= 0) {
        changed.set(last, NEVER_SEEN);
      } else {
        changed.add(NEVER_SEEN);
      }
      return changed;
    }
    return NEVER_SEEN;
  }
}
