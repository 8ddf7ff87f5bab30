package dev.faultline.proxy;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A direction of bytes, seen from the proxy. */
enum Stream {
  /** From who dialled to the upstream. */
  UPSTREAM,
  /** From the upstream to who dialled. */
  DOWNSTREAM;

  /** As in the API. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The stream of that name, in any case; null if there is none. */
  static @Nullable Stream parse(String text) {
    for (Stream stream : values()) {
      if (stream.text().equalsIgnoreCase(text)) {
        return stream;
      }
    }
    return null;
  }
}
