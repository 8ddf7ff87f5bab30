package dev.faultline.harness.gate;

import dev.faultline.harness.Trace;
import dev.faultline.history.Entry;
import dev.faultline.history.HistoryLines;
import dev.faultline.json.Json;
import dev.faultline.node.Message;
import java.nio.charset.StandardCharsets;

/** All that a listener is told, as events of one form. */
abstract class EveryEvent implements Trace {
  /**
   * One event.
   *
   * @param content plain values; see {@link dev.faultline.json.Json}
   */
  abstract void event(long at, String kind, Object... content);

  @Override
  public void sent(long at, long id, String from, String to, Message message) {
    event(at, "sent", id, from, to, message.body());
  }

  @Override
  public void delivered(long at, long id) {
    event(at, "delivered", id);
  }

  @Override
  public void lost(long at, long id, Loss why) {
    event(at, "lost", id, why);
  }

  @Override
  public void held(long at, long id) {
    event(at, "held", id);
  }

  @Override
  public long asked(long at, String node) {
    event(at, "asked", node);
    return 0;
  }

  /** Nothing happens here: the next event is what was asked for. */
  @Override
  public void because(String node, long asked) {}

  @Override
  public void timer(long at, String node) {
    event(at, "timer", node);
  }

  @Override
  public void wrote(long at, String node, String file, String change, byte[] data) {
    event(at, "wrote", node, file, change, Json.write(new String(data, StandardCharsets.UTF_8)));
  }

  @Override
  public void synced(long at, String node, String file) {
    event(at, "synced", node, file);
  }

  @Override
  public void turned(long at, String node, int incarnation, Turn turn) {
    event(at, "turned", node, incarnation, turn);
  }

  @Override
  public void recorded(long at, Entry entry) {
    event(at, "recorded", HistoryLines.encode(entry));
  }
}
