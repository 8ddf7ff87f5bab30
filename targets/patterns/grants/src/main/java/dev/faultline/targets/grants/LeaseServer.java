package dev.faultline.targets.grants;

import dev.faultline.json.JsonView;
import dev.faultline.node.Env;
import dev.faultline.node.Journal;
import dev.faultline.node.Message;
import dev.faultline.node.Node;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Grants one lease, to one holder at a time, each time under a higher token. A term is counted from
 * when the request came, and a grant is on disk before it is answered. After a restart the server
 * cannot know how much of a term is left, so it waits a whole one.
 *
 * <p>A request by who holds the lease already extends it under the same token: so a holder whose
 * answer was lost can ask again. A message can come twice: a repeated release is answered as the
 * first was, and a session that has released gets nothing more.
 *
 * @see "Gray, Cheriton: Leases, SOSP 1989"
 */
public final class LeaseServer implements Node {
  private Env env;
  private Settings settings;
  private Journal journal;
  private long lastToken;

  /** The lease that is held, null when it is free. */
  private @Nullable Grant grant;

  /** When the term ends, by the clock that terms are counted by. */
  private long ends;

  /** The last lease that each holder released. */
  private final Map<String, Grant> released = new TreeMap<>();

  /**
   * A lease that was given out.
   *
   * @param session of the holder: a restarted holder does not know what it held
   */
  private record Grant(long token, String holder, String session) {}

  @Override
  public void start(Env env) {
    this.env = env;
    settings = Settings.of(env.config());
    journal = new Journal(env.disk(), "grants");
    if (!journal.found().isEmpty()) {
      JsonView last = journal.found().get(journal.found().size() - 1);
      lastToken = settings.defect().lastToken(last.get("token").integer());
      JsonView holder = last.find("holder");
      if (holder != null) {
        grant =
            new Grant(last.get("token").integer(), holder.string(), last.get("session").string());
        ends = now() + settings.ttl();
      }
    }
  }

  private long now() {
    return settings.defect().serverTime(env.clock());
  }

  @Override
  public void onMessage(String from, Message message) {
    expire();
    switch (message.type()) {
      case "acquire" -> acquire(from, message);
      case "renew" -> renew(from, message);
      case "release" -> release(from, message);
      default -> env.network().send(from, message.error(10, "no request " + message.type()));
    }
  }

  private void expire() {
    Grant held = grant;
    if (held != null && now() - ends >= 0) {
      grant = null;
      env.event("expired", "holder", held.holder, "token", held.token);
    }
  }

  private void acquire(String from, Message message) {
    Grant held = grant;
    String session = message.text("session");
    if (held != null && !held.session.equals(session)) {
      env.network().send(from, message.error(22, "held by " + held.holder));
      return;
    }
    Grant before = released.get(from);
    if (held == null && before != null && before.session.equals(session)) {
      env.network().send(from, message.error(22, "released"));
      return;
    }
    boolean fresh = held == null;
    Grant given = held == null ? new Grant(++lastToken, from, session) : held;
    grant = given;
    ends = now() + settings.ttl();
    if (fresh) {
      save(given.token, given);
    }
    journal.durable(() -> {
      if (fresh) {
        env.event("granted", "holder", from, "token", given.token, "ttl", settings.ttl());
      }
      env.network().send(from, granted(message, given));
    });
  }

  private void renew(String from, Message message) {
    Grant held = grant;
    if (held == null || !isMeant(held, message)) {
      env.network().send(from, message.error(22, "not held"));
      return;
    }
    ends = now() + settings.ttl();
    env.network().send(from, granted(message, held));
  }

  private void release(String from, Message message) {
    Grant held = grant;
    if (held != null && isMeant(held, message)) {
      grant = null;
      released.put(from, held);
      save(lastToken, null);
      env.event("released", "holder", held.holder, "token", held.token);
    }
    Grant over = released.get(from);
    if (over == null || !isMeant(over, message)) {
      env.network().send(from, message.error(22, "not held"));
      return;
    }
    journal.durable(() -> env.network().send(from, message.reply("released", "token", over.token)));
  }

  private static boolean isMeant(Grant held, Message message) {
    return held.session.equals(message.text("session")) && held.token == message.integer("token");
  }

  private Message granted(Message request, Grant given) {
    return request.reply("granted", "token", given.token, "ttl", settings.ttl());
  }

  private void save(long token, @Nullable Grant held) {
    Map<String, @Nullable Object> content = new LinkedHashMap<>();
    content.put("token", token);
    if (held != null) {
      content.put("holder", held.holder);
      content.put("session", held.session);
    }
    journal.append(content);
  }
}
