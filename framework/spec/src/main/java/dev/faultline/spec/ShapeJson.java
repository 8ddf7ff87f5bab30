package dev.faultline.spec;

import dev.faultline.json.JsonView;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How nodes are divided, to JSON and back. */
final class ShapeJson {
  private ShapeJson() {}

  static void write(Shape shape, Map<String, @Nullable Object> map) {
    switch (shape) {
      case Shape.Groups g -> map.put("groups", g.groups());
      case Shape.Isolate i -> map.put("isolate", i.node());
      case Shape.Bridge b -> map.put("bridge", b.node());
      case Shape.Ring r -> map.put("ring", true);
      case Shape.Split s -> {
        map.put(FaultJson.word(s.part()), s.part() == Shape.Part.HALVES ? true : s.node());
        if (!s.of().equals("*")) {
          map.put("of", s.of());
        }
      }
      case Shape.Pairs pairs ->
          map.put("pairs", pairs.pairs().stream().map(l -> List.of(l.from(), l.to())).toList());
    }
  }

  static Shape read(JsonView view) {
    JsonView groups = view.find("groups");
    if (groups != null) {
      return new Shape.Groups(groups.list().stream().map(JsonView::strings).toList());
    }
    JsonView isolate = view.find("isolate");
    if (isolate != null) {
      return new Shape.Isolate(isolate.string());
    }
    JsonView bridge = view.find("bridge");
    if (bridge != null) {
      return new Shape.Bridge(bridge.string());
    }
    JsonView pairs = view.find("pairs");
    if (pairs != null) {
      return new Shape.Pairs(pairs.list().stream().map(ShapeJson::pair).toList());
    }
    if (view.find("ring") != null) {
      return new Shape.Ring();
    }
    JsonView of = view.find("of");
    for (Shape.Part part : Shape.Part.values()) {
      JsonView asked = view.find(FaultJson.word(part));
      if (asked != null) {
        String node = part == Shape.Part.HALVES ? "" : asked.string();
        return new Shape.Split(part, node, of == null ? "*" : of.string());
      }
    }
    throw view.error(
        "a partition needs one of groups, isolate, bridge, ring, pairs, halves, minority, majority");
  }

  private static Link pair(JsonView view) {
    List<String> names = view.strings();
    if (names.size() != 2) {
      throw view.error("a pair has two names, found " + names.size());
    }
    return new Link(names.get(0), names.get(1));
  }
}
