package dev.faultline.history;

import dev.faultline.json.Json;
import dev.faultline.json.JsonException;
import dev.faultline.json.JsonView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Histories as people write them in tests and documents, one entry a line, {@code #} for comments:
 *
 * <pre>
 *   1000  p0 invoke write key=x 1        at 1,000 ms, process 0
 *         p0 info   write key=x 1 !timeout
 *         p0 late ok write key=x 1       a definite answer after all
 *         p1@h2 invoke acquire           process 1, talking to node h2
 *         n2#3 event leader {"term":4}   node n2, third incarnation
 *         f1 pause start {"node":"n1"}   fault f1 (phases start, effect, end, failed)
 * </pre>
 *
 * A line without a time comes 1 ms after the one before it.
 */
final class HistoryText {
  private static final Pattern LINE =
      Pattern.compile("(?:(\\d+(?:\\.\\d+)?)\\s+)?(\\S+)\\s+(\\S+)\\s+(\\S+)(?:\\s+(.*))?");
  private static final Pattern KEY = Pattern.compile("key=(\\S+)(?:\\s+(.*))?");
  private static final Pattern ERROR = Pattern.compile("(.*?)(?:^|\\s)!(.*)");

  private HistoryText() {}

  static List<Entry> parse(String text) {
    List<Entry> entries = new ArrayList<>();
    long time = 0;
    long seq = 0;
    int number = 0;
    for (String raw : text.lines().toList()) {
      number++;
      int comment = raw.indexOf(" # ");
      String line = (comment < 0 ? raw : raw.substring(0, comment)).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      boolean late = line.contains(" late ");
      Matcher m = LINE.matcher(line.replaceFirst(" late ", " "));
      if (!m.matches()) {
        throw new HistoryException("line " + number + ": cannot read '" + line + "'");
      }
      String stamp = m.group(1);
      time = stamp == null ? time + 1_000_000 : (long) (Double.parseDouble(stamp) * 1_000_000);
      long index = entries.size();
      String who = m.group(2);
      String rest = m.group(5) == null ? "" : m.group(5).strip();
      try {
        if (who.matches("p\\d+(@\\S+)?")) {
          entries.add(op(index, time, who, m.group(3), m.group(4), rest, late));
        } else if (who.matches("f\\d+")) {
          Entry.Phase phase = Entry.Phase.valueOf(m.group(4).toUpperCase(Locale.ROOT));
          entries.add(new Entry.Fault(index, time, m.group(3), who, phase, facts(rest)));
        } else {
          String[] node = who.split("#", 2);
          int incarnation = node.length == 2 ? Integer.parseInt(node[1]) : 1;
          seq++;
          entries.add(
              new Entry.Node(index, time, node[0], incarnation, seq, m.group(4), facts(rest)));
        }
      } catch (JsonException | IllegalArgumentException e) {
        throw new HistoryException("line " + number + ": " + e.getMessage());
      }
    }
    return List.copyOf(entries);
  }

  private static Entry.Op op(
      long index, long time, String who, String type, String f, String text, boolean late) {
    String rest = text;
    String error = null;
    Matcher e = ERROR.matcher(rest);
    if (e.matches()) {
      rest = e.group(1).strip();
      error = e.group(2).strip();
    }
    Object key = null;
    Matcher k = KEY.matcher(rest);
    if (k.matches()) {
      key = scalar(k.group(1));
      rest = k.group(2) == null ? "" : k.group(2).strip();
    }
    String[] process = who.substring(1).split("@", 2);
    String node = process.length == 2 ? process[1] : null;
    return new Entry.Op(
        index,
        time,
        Integer.parseInt(process[0]),
        Entry.Type.valueOf(type.toUpperCase(Locale.ROOT)),
        f,
        key,
        rest.isEmpty() ? null : Json.read(rest),
        error,
        null,
        node,
        late);
  }

  private static Object scalar(String text) {
    return text.matches("-?\\d+") ? (Object) Long.parseLong(text) : text;
  }

  private static Map<String, @Nullable Object> facts(String text) {
    return text.isEmpty() ? Map.of() : JsonView.parse("facts", text).map();
  }
}
