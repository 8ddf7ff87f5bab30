package dev.faultline.json;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value together with the place it came from, so that what is wrong is said with its place:
 * {@code plan.json, faults[2].from: …}. All accessors throw {@link JsonException}.
 */
public final class JsonView {
  private final @Nullable JsonView parent;
  private final String step;
  private final int index;
  private final @Nullable Object value;

  /** The place is put together when somebody wants to know it, which is seldom. */
  private JsonView(@Nullable JsonView parent, String step, int index, @Nullable Object value) {
    this.parent = parent;
    this.step = step;
    this.index = index;
    this.value = value;
  }

  public static JsonView of(String place, @Nullable Object value) {
    return new JsonView(null, place, -1, value);
  }

  /** How to name this value to a person. */
  public String place() {
    if (parent == null) {
      return step;
    }
    String before = parent.place();
    if (index >= 0) {
      return before + "[" + index + "]";
    }
    return before.endsWith(".json") ? before + ", " + step : before + "." + step;
  }

  /** The value, as {@link Json} gives it. */
  public @Nullable Object value() {
    return value;
  }

  /** A text, parsed; the place goes before what is wrong with it. */
  public static JsonView parse(String place, String text) {
    try {
      return of(place, Json.read(text));
    } catch (JsonException e) {
      throw new JsonException(place + ": " + e.getMessage());
    }
  }

  /** An error about this value, for callers with rules of their own. */
  public JsonException error(String problem) {
    return new JsonException(place() + ": " + problem);
  }

  /** The member of that name; an error when there is none. */
  public JsonView get(String name) {
    Map<?, ?> members = members();
    Object child = members.get(name);
    if (child == null && !members.containsKey(name)) {
      throw error("no '" + name + "'");
    }
    return child(name, child);
  }

  /** The member of that name, or null when it is absent or {@code null}. */
  public @Nullable JsonView find(String name) {
    Object child = members().get(name);
    return child == null ? null : child(name, child);
  }

  /** The elements of this list. */
  public List<JsonView> list() {
    if (!(value instanceof List<?> list)) {
      throw error("expected a list, found " + Json.write(value));
    }
    List<JsonView> views = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      views.add(new JsonView(this, "", i, list.get(i)));
    }
    return List.copyOf(views);
  }

  /** This list of strings. */
  public List<String> strings() {
    return list().stream().map(JsonView::string).toList();
  }

  /** This object, as a fresh map in the order written. */
  public Map<String, @Nullable Object> map() {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    members().forEach((k, v) -> copy.put(String.valueOf(k), v));
    return copy;
  }

  private Map<?, ?> members() {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw error("expected an object, found " + Json.write(value));
  }

  /** This object, with string values only. */
  public Map<String, String> stringMap() {
    Map<String, String> copy = new LinkedHashMap<>();
    map().forEach((k, v) -> copy.put(k, child(k, v).string()));
    return copy;
  }

  public String string() {
    if (value instanceof String s) {
      return s;
    }
    throw error("expected a text, found " + Json.write(value));
  }

  public long integer() {
    if (value instanceof Long n) {
      return n;
    }
    throw error("expected a whole number, found " + Json.write(value));
  }

  public double number() {
    if (value instanceof Number n) {
      return n.doubleValue();
    }
    throw error("expected a number, found " + Json.write(value));
  }

  public boolean bool() {
    if (value instanceof Boolean b) {
      return b;
    }
    throw error("expected true or false, found " + Json.write(value));
  }

  /** A duration such as {@code 250ms}, {@code 2s} or {@code -1.5s}. */
  public Duration duration() {
    try {
      return Durations.parse(string());
    } catch (IllegalArgumentException e) {
      throw error(String.valueOf(e.getMessage()));
    }
  }

  /** An error if this object has a member that is not in the set. */
  public void only(Set<String> known) {
    for (String name : map().keySet()) {
      if (!known.contains(name)) {
        throw error("unknown '" + name + "'; known: " + String.join(", ", known));
      }
    }
  }

  private JsonView child(String name, @Nullable Object child) {
    return new JsonView(this, name, -1, child);
  }
}
