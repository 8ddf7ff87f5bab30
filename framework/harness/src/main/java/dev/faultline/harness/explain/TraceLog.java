package dev.faultline.harness.explain;

import dev.faultline.harness.Trace;
import dev.faultline.history.Entry;
import dev.faultline.json.Json;
import dev.faultline.node.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that happened in a simulated run, in order. Each step knows what set it off: a message
 * its sending, what a node does in a callback the step that the callback is about.
 */
final class TraceLog implements Trace {
  /** No step. */
  static final int NONE = -1;

  private final List<Step> steps = new ArrayList<>();
  private final List<Letter> letters = new ArrayList<>();
  private final Map<String, Integer> lasts = new HashMap<>();
  private final Map<String, Integer> triggers = new HashMap<>();
  private final Set<String> questions = new HashSet<>();
  private int because = NONE;

  /** What a step is. */
  enum Kind {
    SENT,
    DELIVERED,
    TIMER,
    SYNCED,
    TURNED,
    INVOKED,
    COMPLETED,
    EVENT
  }

  /**
   * Something that happened on a line.
   *
   * @param host the line: a node or a client
   * @param letter index of its message in {@link #letters}, or {@link #NONE}
   * @param entry index of its line of the history, or -1
   * @param before the step before it on its line, or {@link #NONE}
   * @param key the object that it is about, or null if it is about none or is not known
   * @param cause the step that set it off, or {@link #NONE}
   */
  record Step(
      long at,
      String host,
      Kind kind,
      int letter,
      long entry,
      String text,
      @Nullable Object key,
      int before,
      int cause) {}

  /** A message and what became of it; {@code delivered} and {@code sent} are steps. */
  static final class Letter {
    final String from;
    final String to;
    final Message message;
    final int sent;
    int delivered = NONE;
    long lostAt = -1;
    @Nullable Loss why;

    Letter(String from, String to, Message message, int sent) {
      this.from = from;
      this.to = to;
      this.message = message;
      this.sent = sent;
    }
  }

  List<Step> steps() {
    return steps;
  }

  List<Letter> letters() {
    return letters;
  }

  /** The step with this line of the history, or {@link #NONE}. */
  int ofEntry(long entry) {
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).entry == entry) {
        return i;
      }
    }
    return NONE;
  }

  /** Adds a step; what is a trigger is the cause of what its line does until the next one. */
  private int add(
      long at,
      String host,
      Kind kind,
      int letter,
      long entry,
      String text,
      @Nullable Object key,
      boolean trigger,
      int cause) {
    int step = steps.size();
    Integer before = lasts.put(host, step);
    Integer now = triggers.get(host);
    int why = cause != NONE || trigger || now == null ? cause : sameMoment(now, at);
    if (trigger) {
      triggers.put(host, step);
    }
    steps.add(
        new Step(at, host, kind, letter, entry, text, key, before == null ? NONE : before, why));
    return step;
  }

  /** A callback takes no virtual time, so what is later has another reason. */
  private int sameMoment(int trigger, long at) {
    return steps.get(trigger).at == at ? trigger : NONE;
  }

  @Override
  public void sent(long at, long id, String from, String to, Message message) {
    int step =
        add(
            at,
            from,
            Kind.SENT,
            letters.size(),
            -1,
            message.type(),
            message.field("key"),
            false,
            NONE);
    letters.add(new Letter(from, to, message, step));
  }

  @Override
  public void delivered(long at, long id) {
    int index = (int) id - 1;
    Letter letter = letters.get(index);
    letter.delivered =
        add(
            at,
            letter.to,
            Kind.DELIVERED,
            index,
            -1,
            letter.message.type(),
            letter.message.field("key"),
            true,
            letter.sent);
  }

  @Override
  public void lost(long at, long id, Loss why) {
    Letter letter = letters.get((int) id - 1);
    letter.lostAt = at;
    letter.why = why;
  }

  @Override
  public long asked(long at, String node) {
    Integer now = triggers.get(node);
    return now == null ? NONE : sameMoment(now, at);
  }

  @Override
  public void because(String node, long asked) {
    because = (int) asked;
  }

  private int takeReason() {
    int reason = because;
    because = NONE;
    return reason;
  }

  @Override
  public void timer(long at, String node) {
    var unused = add(at, node, Kind.TIMER, NONE, -1, "timer", null, true, takeReason());
  }

  @Override
  public void synced(long at, String node, String file) {
    var unused = add(at, node, Kind.SYNCED, NONE, -1, "synced " + file, null, true, takeReason());
  }

  @Override
  public void turned(long at, String node, int incarnation, Turn turn) {
    var unused =
        add(
            at,
            node,
            Kind.TURNED,
            NONE,
            -1,
            turn.name().toLowerCase(Locale.ROOT),
            null,
            true,
            NONE);
  }

  /** Nothing is an answer, such as what an empty register holds, where something was asked for. */
  private String value(Entry.Op op, String line) {
    boolean invoked = op.type() == Entry.Type.INVOKE;
    boolean asks = invoked ? op.value() == null : questions.contains(line);
    if (invoked && asks) {
      questions.add(line);
    } else {
      questions.remove(line);
    }
    boolean answer = op.type() == Entry.Type.OK && asks && op.key() != null;
    return op.value() == null && !answer ? "" : " " + plain(op.value());
  }

  /** {@code token 3, holder h2} for an object, JSON for the rest. */
  private static String plain(@Nullable Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      return Json.write(value);
    }
    List<String> parts = new ArrayList<>();
    map.forEach((k, v) -> parts.add(k + " " + (v instanceof String s ? s : Json.write(v))));
    return String.join(", ", parts);
  }

  @Override
  public void recorded(long at, Entry entry) {
    switch (entry) {
      case Entry.Op op -> {
        boolean invoked = op.type() == Entry.Type.INVOKE;
        String line = op.client() == null ? "process " + op.process() : op.client();
        String text = (invoked ? "" : op.type().word() + " ") + op.f() + value(op, line);
        var unused =
            add(
                at,
                line,
                invoked ? Kind.INVOKED : Kind.COMPLETED,
                NONE,
                op.index(),
                text,
                op.key(),
                invoked,
                NONE);
      }
      case Entry.Node node -> {
        if (!node.node().equals("harness")) {
          String facts = node.facts().isEmpty() ? "" : " " + plain(node.facts());
          var unused =
              add(
                  at,
                  node.node(),
                  Kind.EVENT,
                  NONE,
                  node.index(),
                  node.name() + facts,
                  node.facts().get("key"),
                  false,
                  NONE);
        }
      }
      case Entry.Fault fault -> {
        // The judgement has them.
      }
    }
  }
}
