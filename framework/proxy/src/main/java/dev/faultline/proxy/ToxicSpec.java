package dev.faultline.proxy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A toxic as the API names it.
 *
 * @param name unique in its proxy
 * @param toxicity the share of connections that it applies to, 0 to 1
 * @param attributes by name, in the units of Toxiproxy
 */
record ToxicSpec(
    String name, String type, Stream stream, double toxicity, Map<String, Long> attributes) {
  /** Applies to all connections, named as Toxiproxy would name it. */
  static ToxicSpec of(String type, Stream stream, Map<String, Long> attributes) {
    return new ToxicSpec(type + "_" + stream.text(), type, stream, 1.0, attributes);
  }

  Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("attributes", attributes);
    json.put("name", name);
    json.put("type", type);
    json.put("stream", stream.text());
    json.put("toxicity", toxicity);
    return json;
  }
}
