package dev.faultline.checker.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Small immutable lists, changed by copying. */
final class Lists {
  private Lists() {}

  static List<Object> with(List<?> list, Object last) {
    return with(list, list.size(), last);
  }

  static List<Object> with(List<?> list, int at, Object value) {
    List<Object> copy = new ArrayList<>(list.size() + 1);
    copy.addAll(list);
    copy.add(at, value);
    return Collections.unmodifiableList(copy);
  }

  static List<Object> without(List<?> list, int at) {
    List<Object> copy = new ArrayList<>(list);
    copy.remove(at);
    return Collections.unmodifiableList(copy);
  }
}
