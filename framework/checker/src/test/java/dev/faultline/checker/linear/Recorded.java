package dev.faultline.checker.linear;

import dev.faultline.history.Entry;
import dev.faultline.history.History;
import dev.faultline.json.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads register and lock histories that Porcupine, Knossos and elle-cli ship, as far as the tests
 * need it: one map or line an event, in order.
 */
final class Recorded {
  private static final Pattern LOG =
      Pattern.compile("INFO\\s+jepsen\\.util\\s+-\\s+(\\S+)\\s+:(\\w+)\\s+:(\\w+)\\s*(.*)");
  private static final Pattern MAP = Pattern.compile("\\{([^{}]*)\\}");

  private final List<Entry> entries = new ArrayList<>();
  private final Map<String, Integer> processes = new HashMap<>();
  private final Set<String> open = new HashSet<>();

  private Recorded() {}

  /** A log of etcd runs, as Porcupine has them. */
  static History log(String text) {
    Recorded recorded = new Recorded();
    for (String line : text.lines().toList()) {
      Matcher m = LOG.matcher(line.strip());
      if (m.matches()) {
        recorded.add(group(m, 1), group(m, 2), group(m, 3), group(m, 4).strip().replace(":", ""));
      }
    }
    return History.of(recorded.entries);
  }

  /** Maps with {@code :process :type :f :value}, in EDN or, with strings for keywords, in JSON. */
  static History maps(String text) {
    Recorded recorded = new Recorded();
    String plain = text.replaceAll("(?m);.*$", "");
    Matcher m = MAP.matcher(plain);
    while (m.find()) {
      String map = group(m, 1);
      String type = field(map, "type");
      String f = field(map, "f");
      String value = field(map, "value");
      // To Knossos, a read of nil says nothing.
      boolean silent = type.equals("ok") && f.equals("read") && value(value) == null;
      recorded.add(field(map, "process"), silent ? "fail" : type, f, value);
    }
    return History.of(recorded.entries);
  }

  private static String group(Matcher m, int i) {
    return Objects.requireNonNullElse(m.group(i), "");
  }

  private static String field(String map, String name) {
    Matcher m =
        Pattern.compile("[:\"]" + name + "(?:\\s+|\":\\s*)(\\[[^\\]]*\\]|[^,\\s]+)").matcher(map);
    return m.find() ? group(m, 1).replaceAll("[:\"]", "") : "nil";
  }

  private void add(String process, String type, String f, String value) {
    boolean invoke = type.equals("invoke");
    // Faults and completions without an invocation are no operations.
    if (!process.matches("\\d+") || (!invoke && !open.remove(process))) {
      return;
    }
    if (invoke) {
      open.add(process);
    }
    int number = processes.computeIfAbsent(process, p -> processes.size());
    entries.add(
        new Entry.Op(
            entries.size(),
            entries.size(),
            number,
            Entry.Type.valueOf(type.toUpperCase(Locale.ROOT)),
            f,
            null,
            value(value),
            null,
            null,
            null,
            false));
    if (type.equals("info")) {
      processes.remove(process);
      processes.put(process + " retired " + entries.size(), number);
    }
  }

  private static @Nullable Object value(String text) {
    if (text.startsWith("[")) {
      String[] parts = text.substring(1, text.length() - 1).strip().split("[\\s,]+", -1);
      return Arrays.asList(value(parts[0]), value(parts[1]));
    }
    return text.equals("nil") || text.equals("null") || text.matches("[a-z-]+")
        ? null
        : Json.read(text);
  }
}
