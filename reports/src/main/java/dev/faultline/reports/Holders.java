package dev.faultline.reports;

import dev.faultline.history.Entry;
import dev.faultline.history.History;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who led or held, as the nodes reported it: for the thin lane above a chart. A report's stamp is
 * when it was seen, so a span may begin earlier than drawn.
 */
final class Holders {
  private static final Set<String> BEGIN = Set.of("leader", "primary", "granted", "holder");
  private static final Set<String> END =
      Set.of("expired", "released", "revoked", "stepped-down", "follower");

  /** From one report to the next; {@code label} such as {@code h2 · token 41}. */
  record Span(long from, long to, String label, String role) {
    /** The label, or who alone where so many characters do not hold it. */
    String label(double room) {
      return label.length() <= room ? label : label.split(" ", 2)[0];
    }
  }

  private Holders() {}

  static List<Span> of(History history) {
    List<Span> spans = new ArrayList<>();
    Span open = null;
    for (Entry.Node event : history.nodeEvents()) {
      boolean begins = BEGIN.contains(event.name());
      if (open != null && (begins || ends(event, open))) {
        spans.add(new Span(open.from, event.time(), open.label, open.role));
        open = null;
      }
      if (begins) {
        String role = event.name().equals("granted") ? "holder" : event.name();
        open = new Span(event.time(), event.time(), label(event), role);
      }
    }
    if (open != null) {
      spans.add(new Span(open.from, history.duration(), open.label, open.role));
    }
    return List.copyOf(spans);
  }

  private static boolean ends(Entry.Node event, Span open) {
    return END.contains(event.name()) && label(event).startsWith(open.label.split(" ", 2)[0]);
  }

  private static String label(Entry.Node event) {
    Object who = first(event.facts(), "holder", "to", "client", "leader");
    String name = who == null ? event.node() : who.toString();
    for (String epoch : List.of("token", "term", "epoch")) {
      if (event.facts().get(epoch) instanceof Number n) {
        return name + " · " + epoch + " " + n;
      }
    }
    return name;
  }

  private static @Nullable Object first(
      Map<String, ? extends @Nullable Object> facts, String... names) {
    for (String name : names) {
      if (facts.get(name) != null) {
        return facts.get(name);
      }
    }
    return null;
  }
}
