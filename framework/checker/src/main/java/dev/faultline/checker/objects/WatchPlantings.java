package dev.faultline.checker.objects;

import dev.faultline.checker.Planting;
import dev.faultline.history.History;
import dev.faultline.history.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Mistakes of watches, each in one answer. */
final class WatchPlantings {
  static final List<Planting> ORDER =
      List.of(
          new Planting(
              "events told twice",
              (history, random) -> {
                Place place = place(history, 1, random);
                return place == null ? null : place.twice();
              }),
          new Planting(
              "events told in the wrong order",
              (history, random) -> {
                Place place = place(history, 2, random);
                return place == null ? null : place.exchanged();
              }));
  static final List<Planting> GAP =
      List.of(
          new Planting(
              "events left out",
              (history, random) -> {
                Place place = place(history, 1, random);
                return place == null ? null : place.leftOut();
              }));
  static final List<Planting> FAITHFUL =
      List.of(
          new Planting(
              "events with another value",
              (history, random) -> {
                Place place = place(history, 1, random);
                return place == null ? null : place.changed();
              }));

  private WatchPlantings() {}

  /** An event of an answer, {@code [revision, key, value]}, which is not the last of several. */
  private record Place(History history, Operation watch, Map<?, ?> answer, List<?> events, int at) {
    History leftOut() {
      List<@Nullable Object> fewer = new ArrayList<>(events);
      fewer.remove(at);
      return telling(fewer);
    }

    History twice() {
      List<@Nullable Object> more = new ArrayList<>(events);
      more.add(at, events.get(at));
      return telling(more);
    }

    History exchanged() {
      List<@Nullable Object> turned = new ArrayList<>(events);
      turned.add(at, turned.remove(at + 1));
      return telling(turned);
    }

    History changed() {
      List<@Nullable Object> changed = new ArrayList<>(events);
      List<@Nullable Object> event = new ArrayList<>();
      if (events.get(at) instanceof List<?> told) {
        event.addAll(told);
      }
      event.set(event.size() - 1, "planted");
      changed.set(at, event);
      return telling(changed);
    }

    private History telling(List<@Nullable Object> other) {
      Map<String, @Nullable Object> all = new LinkedHashMap<>();
      answer.forEach((name, value) -> all.put(String.valueOf(name), value));
      all.put("events", other);
      return Planting.answering(history, Map.of(watch, all));
    }
  }

  /** One in an answer of at least so many events. */
  private static @Nullable Place place(History history, int least, RandomGenerator random) {
    Operation watch =
        Planting.pick(
            history.operations(
                op -> op.ok() && op.f().equals("watch") && events(op).size() >= least),
            random);
    if (watch == null || !(watch.output() instanceof Map<?, ?> answer)) {
      return null;
    }
    List<?> events = events(watch);
    int at = random.nextInt(Math.max(1, events.size() - 1));
    return new Place(history, watch, answer, events, at);
  }

  private static List<?> events(Operation watch) {
    return watch.output() instanceof Map<?, ?> answer && answer.get("events") instanceof List<?> l
        ? l
        : List.of();
  }
}
