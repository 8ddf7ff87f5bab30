package dev.faultline.cli.bench;

import dev.faultline.history.Entry;
import dev.faultline.history.Entry.Type;
import dev.faultline.history.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Recorded histories that Porcupine ships. */
final class Corpus {
  private static final Pattern ETCD =
      Pattern.compile("INFO\\s+jepsen\\.util\\s+-\\s+(\\d+)\\s+:(\\w+)\\s+:(\\w+)\\s+(.*?)\\s*");
  private static final Pattern KV =
      Pattern.compile(
          "\\{:process (\\d+), :type :(\\w+), :f :(\\w+), :key \"(.*)\", :value (nil|\".*\")}");

  private final List<Entry> entries = new ArrayList<>();
  private final Map<String, Integer> open = new HashMap<>();
  private int processes;

  private Corpus() {}

  /** A recorded file. */
  record Recorded(String name, History history) {}

  static List<Path> files(@Nullable Path folder) throws IOException {
    if (folder == null) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  static List<Recorded> read(List<Path> files, boolean kv) throws IOException {
    List<Recorded> all = new ArrayList<>();
    for (Path file : files) {
      Corpus corpus = new Corpus();
      for (String line : Files.readAllLines(file)) {
        Matcher m = (kv ? KV : ETCD).matcher(line);
        if (m.matches()) {
          corpus.add(m, kv);
        }
      }
      all.add(new Recorded(String.valueOf(file.getFileName()), History.of(corpus.entries)));
    }
    return all;
  }

  private void add(Matcher m, boolean kv) {
    String process = m.group(1);
    Type type = Type.valueOf(m.group(2).toUpperCase(Locale.ROOT));
    if (type == Type.INFO) {
      return;
    }
    Integer number = type == Type.INVOKE ? Integer.valueOf(processes++) : open.remove(process);
    if (number == null) {
      return;
    }
    if (type == Type.INVOKE) {
      open.put(process, number);
    }
    String value = m.group(kv ? 5 : 4);
    Object plain = kv ? quoted(value) : value(value);
    long at = entries.size();
    entries.add(
        new Entry.Op(
            at,
            at,
            number,
            type,
            m.group(3),
            kv ? m.group(4) : null,
            plain,
            null,
            null,
            null,
            false));
  }

  private static @Nullable Object quoted(String text) {
    String inside = text.equals("nil") ? "" : text.substring(1, text.length() - 1);
    return inside.isEmpty() ? null : inside;
  }

  private static @Nullable Object value(String text) {
    if (text.startsWith("[")) {
      String[] parts = text.substring(1, text.length() - 1).strip().split("\\s+", -1);
      return Arrays.asList(value(parts[0]), value(parts[1]));
    }
    return text.matches("\\d+") ? Long.valueOf(text) : null;
  }
}
