package dev.faultline.targets.etcd;

import dev.faultline.json.JsonView;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whole numbers under keys, by etcd's key-value API. */
final class Store {
  /** Longer than any deadline of the harness, which interrupts. */
  private static final Duration WITHIN = Duration.ofSeconds(30);

  private final Gateway gateway;

  Store(Gateway gateway) {
    this.gateway = gateway;
  }

  /** The value under a key, or null. */
  @Nullable Long get(String key, boolean serializable) throws IOException, InterruptedException {
    JsonView answer =
        gateway.call(
            "/v3/kv/range",
            Map.of("key", Gateway.encode(key), "serializable", serializable),
            WITHIN);
    JsonView found = answer.find("kvs");
    if (found == null) {
      return null;
    }
    String text = Gateway.decode(found.list().get(0).get("value").string());
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      throw new IOException("key " + key + " holds '" + text + "', which is no number", e);
    }
  }

  void put(String key, long value) throws IOException, InterruptedException {
    JsonView unused = gateway.call("/v3/kv/put", new LinkedHashMap<>(pair(key, value)), WITHIN);
  }

  /**
   * Sets a key if the key of a lock, as the lock service names it, is still there; whether it did,
   * in one step.
   */
  boolean putWhile(String lock, String key, long value) throws IOException, InterruptedException {
    return put(
        Map.of("key", lock, "target", "VERSION", "result", "GREATER", "version", "0"), key, value);
  }

  /** Sets a key if it holds what is expected, null for nothing; whether it did, in one step. */
  boolean compareAndSet(String key, @Nullable Long expected, long value)
      throws IOException, InterruptedException {
    Map<String, Object> compare = new LinkedHashMap<>();
    compare.put("key", Gateway.encode(key));
    compare.put("result", "EQUAL");
    if (expected == null) {
      compare.put("target", "VERSION");
      compare.put("version", "0");
    } else {
      compare.put("target", "VALUE");
      compare.put("value", Gateway.encode(Long.toString(expected)));
    }
    return put(compare, key, value);
  }

  private boolean put(Map<String, Object> compare, String key, long value)
      throws IOException, InterruptedException {
    JsonView answer =
        gateway.call(
            "/v3/kv/txn",
            Map.of(
                "compare", List.of(compare),
                "success", List.of(Map.of("requestPut", pair(key, value)))),
            WITHIN);
    JsonView succeeded = answer.find("succeeded");
    // The gateway leaves out what is false.
    return succeeded != null && succeeded.bool();
  }

  private static Map<String, Object> pair(String key, long value) {
    return Map.of("key", Gateway.encode(key), "value", Gateway.encode(Long.toString(value)));
  }
}
