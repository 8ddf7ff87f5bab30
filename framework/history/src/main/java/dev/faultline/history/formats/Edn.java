package dev.faultline.history.formats;

import dev.faultline.history.Entry;
import dev.faultline.history.History;
import dev.faultline.history.Operation;
import dev.faultline.json.Json;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes histories as Jepsen's maps, in EDN or JSON. */
final class Edn {
  private final boolean json;
  private final Writer out;
  private long index;

  private Edn(boolean json, Writer out) {
    this.json = json;
    this.out = out;
  }

  /** A map an event; faults and what nodes reported are info of the nemesis and of the node. */
  static void write(History history, boolean json, Writer out) throws IOException {
    Edn edn = new Edn(json, out);
    if (json) {
      out.write("[");
    }
    List<Event> events = Event.of(history);
    int next = 0;
    List<Entry> others = new ArrayList<>();
    others.addAll(history.faults());
    others.addAll(history.nodeEvents());
    others.sort(Comparator.comparingLong(Entry::index));
    for (Entry other : others) {
      while (next < events.size() && events.get(next).index() < other.index()) {
        edn.event(events.get(next++));
      }
      edn.other(other);
    }
    while (next < events.size()) {
      edn.event(events.get(next++));
    }
    out.write(json ? "]\n" : "");
  }

  private void event(Event e) throws IOException {
    Operation op = e.op();
    Object value = e.completes() && op.ok() && tells(op) ? op.output() : op.input();
    if (op.key() != null) {
      value = Arrays.asList(op.key(), value);
    }
    long time = e.completes() ? op.returnTime() : op.invokeTime();
    Map<String, @Nullable Object> map = map(op.process(), e.type(), op.f(), value);
    map.put("time", time == Operation.NEVER ? op.invokeTime() : time);
    if (e.completes() && !op.ok() && op.error() != null) {
      map.put("error", op.error());
    }
    write(map);
  }

  /** Whether the answer says more than what was asked. */
  private static boolean tells(Operation op) {
    return op.output() != null || op.input() == null;
  }

  private void other(Entry entry) throws IOException {
    Map<String, @Nullable Object> map =
        switch (entry) {
          case Entry.Fault f -> map("nemesis", "info", f.kind(), f.value());
          case Entry.Node n -> map(n.node(), "info", n.name(), n.facts());
          case Entry.Op op -> map(op.process(), "info", op.f(), op.value());
        };
    map.put("time", entry.time());
    write(map);
  }

  private static Map<String, @Nullable Object> map(
      Object process, String type, String f, @Nullable Object value) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("process", process);
    map.put("type", type);
    map.put("f", f);
    map.put("value", value);
    return map;
  }

  private void write(Map<String, @Nullable Object> map) throws IOException {
    map.put("index", index);
    if (json) {
      out.write(index == 0 ? "" : ",\n");
      out.write(Json.write(map));
    } else {
      String comma = "{";
      for (Map.Entry<String, @Nullable Object> e : map.entrySet()) {
        boolean word = List.of("process", "type", "f").contains(e.getKey());
        Object value = e.getValue();
        String text = word && value instanceof String name ? ":" + name : write(value);
        out.write(comma + ":" + e.getKey() + " " + text);
        comma = ", ";
      }
      out.write("}\n");
    }
    index++;
  }

  /** A value in EDN. */
  static String write(@Nullable Object value) {
    return switch (value) {
      case null -> "nil";
      case List<?> list -> {
        List<String> parts = new ArrayList<>();
        list.forEach(v -> parts.add(write(v)));
        yield "[" + String.join(" ", parts) + "]";
      }
      case Map<?, ?> map -> {
        List<String> parts = new ArrayList<>();
        map.forEach((k, v) -> parts.add(write(k) + " " + write(v)));
        yield "{" + String.join(", ", parts) + "}";
      }
      default -> Json.write(value);
    };
  }
}
