package dev.faultline.dist;

import dev.faultline.node.Env;
import dev.faultline.node.Message;
import dev.faultline.node.Node;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The node of {@link Shaky}; what it must not do it does in one place each. */
public final class ShakyNode implements Node {
  /** So many that two JVMs hardly ever, once in 40,000 times, begin with the same one. */
  private static final Set<String> MANY =
      IntStream.range(0, 20_000).mapToObj(i -> "s" + i).collect(Collectors.toUnmodifiableSet());

  private final Map<String, @Nullable Object> values = new TreeMap<>();
  private Env env;

  @Override
  public void start(Env env) {
    this.env = env;
  }

  @Override
  public void onMessage(String from, Message message) {
    String key = message.text("key");
    Object value = message.field("value");
    if (message.type().equals("read")) {
      env.network().send(from, message.reply("read_ok", "value", values.get(key)));
      return;
    }
    switch (env.config().option("variant")) {
      case "reads-a-clock" -> {
        values.put(key, value);
        env.network()
            .send(from, message.reply("write_ok", "value", value, "clock", System.nanoTime()));
        return;
      }
      case "iterates-a-set" -> {
        values.put(key, value);
        env.event("stored", "beside", MANY.iterator().next());
      }
      case "writes-a-set" -> {
        values.put(key, value);
        env.disk().append("log", MANY.iterator().next().getBytes(StandardCharsets.UTF_8));
      }
      case "forgets-at-times" -> env.event("forgot", "clock", System.nanoTime());
      default -> values.put(key, value);
    }
    env.network().send(from, message.reply("write_ok", "value", value));
  }
}
