package dev.faultline.history;

import dev.faultline.json.JsonView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** As much of JSON Schema 2020-12 as our schema uses; any other keyword is an error. */
final class JsonSchema {
  private final JsonView root;

  JsonSchema(JsonView root) {
    this.root = root;
  }

  /** What is wrong with a value; empty if nothing is. */
  List<String> problems(@Nullable Object value) {
    List<String> problems = new ArrayList<>();
    check(root, value, "line", problems);
    return problems;
  }

  private void check(JsonView schema, @Nullable Object value, String place, List<String> problems) {
    for (String keyword : schema.map().keySet()) {
      JsonView rule = schema.get(keyword);
      switch (keyword) {
        case "$schema", "$id", "$defs", "title", "description" -> {
          // Says nothing about the value.
        }
        case "$ref" ->
            check(
                root.get("$defs").get(rule.string().substring("#/$defs/".length())),
                value,
                place,
                problems);
        case "oneOf" -> oneOf(rule, value, place, problems);
        case "type" -> require(isA(rule.string(), value), place + ": no " + rule.value(), problems);
        case "const" ->
            require(Objects.equals(rule.value(), value), place + ": not " + rule.value(), problems);
        case "enum" ->
            require(
                rule.list().stream().anyMatch(v -> Objects.equals(v.value(), value)),
                place + ": none of " + rule.value(),
                problems);
        case "minimum" ->
            require(
                !(value instanceof Number n) || n.doubleValue() >= rule.number(),
                place + ": below " + rule.value(),
                problems);
        case "pattern" ->
            require(
                !(value instanceof String s) || Pattern.compile(rule.string()).matcher(s).find(),
                place + ": not like " + rule.value(),
                problems);
        case "required" -> {
          for (String name : rule.strings()) {
            require(
                !(value instanceof Map<?, ?> map) || map.containsKey(name),
                place + ": no " + name,
                problems);
          }
        }
        case "properties" -> {
          if (value instanceof Map<?, ?> map) {
            for (String name : rule.map().keySet()) {
              if (map.containsKey(name)) {
                check(rule.get(name), map.get(name), place + "." + name, problems);
              }
            }
          }
        }
        default -> throw schema.error("keyword '" + keyword + "' is not supported by this test");
      }
    }
  }

  private void oneOf(JsonView rule, @Nullable Object value, String place, List<String> problems) {
    List<String> all = new ArrayList<>();
    int fitting = 0;
    for (JsonView option : rule.list()) {
      List<String> own = new ArrayList<>();
      check(option, value, place, own);
      fitting += own.isEmpty() ? 1 : 0;
      all.addAll(own);
    }
    require(fitting == 1, place + ": fits " + fitting + " kinds of line: " + all, problems);
  }

  private static boolean isA(String type, @Nullable Object value) {
    return switch (type) {
      case "object" -> value instanceof Map<?, ?>;
      case "string" -> value instanceof String;
      case "integer" -> value instanceof Long;
      case "boolean" -> value instanceof Boolean;
      default -> throw new IllegalArgumentException("type '" + type + "'");
    };
  }

  private static void require(boolean holds, String problem, List<String> problems) {
    if (!holds) {
      problems.add(problem);
    }
  }
}
