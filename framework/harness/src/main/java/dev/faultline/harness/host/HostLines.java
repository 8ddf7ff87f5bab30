package dev.faultline.harness.host;

import dev.faultline.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON objects, a line each, in one write each; for any thread. */
final class HostLines {
  private final OutputStream out;

  HostLines(OutputStream out) {
    this.out = out;
  }

  /** Writes an object given as name, value, name, value …; whether the other side may get it. */
  synchronized boolean write(@Nullable Object... fields) {
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    for (int i = 0; i < fields.length; i += 2) {
      line.put(String.valueOf(fields[i]), fields[i + 1]);
    }
    try {
      out.write((Json.write(line) + "\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
      return true;
    } catch (IOException gone) {
      return false;
    }
  }
}
