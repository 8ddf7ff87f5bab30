package dev.faultline.targets.grants;

import dev.faultline.json.JsonView;
import dev.faultline.node.Env;
import dev.faultline.node.Journal;
import dev.faultline.node.Message;
import dev.faultline.node.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The log that the lease protects: it takes appends with a token and refuses one that is older than
 * the newest it has seen. An append is on disk before it is answered. Nobody reads the log in order
 * to write, so a holder need not seal it before its first write: an old append that slips in before
 * that one stands in the order of the tokens.
 *
 * @see "Burrows: The Chubby Lock Service, OSDI 2006, section 2.4, on sequencers"
 */
public final class FencedLog implements Node {
  private Env env;
  private Settings settings;
  private Journal journal;
  private final List<List<Object>> entries = new ArrayList<>();
  private final Map<String, Long> positions = new TreeMap<>();
  private long newest;

  @Override
  public void start(Env env) {
    this.env = env;
    settings = Settings.of(env.config());
    journal = new Journal(env.disk(), "log");
    for (JsonView record : journal.found()) {
      add(
          record.get("token").integer(),
          record.get("holder").string(),
          record.get("payload").string());
    }
  }

  @Override
  public void onMessage(String from, Message message) {
    switch (message.type()) {
      case "append" -> append(from, message);
      case "read" -> {
        // A reader must not see what a crash could still take away.
        List<List<Object>> seen = List.copyOf(entries);
        journal.durable(() -> env.network().send(from, message.reply("read_ok", "entries", seen)));
      }
      default -> env.network().send(from, message.error(10, "no request " + message.type()));
    }
  }

  private void append(String from, Message message) {
    long token = message.integer("token");
    String payload = message.text("payload");
    Long earlier = positions.get(payload);
    if (earlier == null && settings.defect().isFenced(token, newest)) {
      env.network().send(from, message.error(22, "fenced"));
      return;
    }
    long position = earlier != null ? earlier : add(token, from, payload);
    if (earlier == null) {
      Map<String, Object> record = new LinkedHashMap<>();
      record.put("token", token);
      record.put("holder", from);
      record.put("payload", payload);
      journal.append(record);
    }
    // A message can come twice, so a repeat has the position of the first.
    journal.durable(
        () -> env.network().send(from, message.reply("appended", "position", position)));
  }

  private long add(long token, String holder, String payload) {
    newest = Math.max(newest, token);
    positions.put(payload, (long) entries.size());
    entries.add(List.of(token, holder, payload));
    return entries.size() - 1;
  }
}
