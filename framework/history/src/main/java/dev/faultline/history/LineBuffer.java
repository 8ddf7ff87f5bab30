package dev.faultline.history;

import dev.faultline.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Lines of the history as bytes, one after the other, as {@link Json} would write them: without the
 * maps, texts and copies that this takes otherwise. For one thread.
 */
final class LineBuffer implements HistoryLines.Fields {
  private static final String HEX = "0123456789abcdef";
  private static final int LONGEST_NUMBER = 20;

  private final CRC32C crc = new CRC32C();
  private byte[] bytes = new byte[1 << 13];
  private int length;
  private int start;

  /** Begins a line. */
  void begin() {
    start = length;
    one('{');
  }

  @Override
  public void put(String name, long value) {
    name(name);
    number(value);
  }

  @Override
  public void put(String name, @Nullable Object value) {
    name(name);
    value(value);
  }

  /** Ends a line with its checksum. */
  void seal() {
    crc.reset();
    crc.update(bytes, start, length - start);
    plain(HistoryLines.CRC);
    long sum = crc.getValue();
    reserve(HistoryLines.DIGITS);
    for (int shift = 28; shift >= 0; shift -= 4) {
      bytes[length++] = (byte) HEX.charAt((int) (sum >>> shift) & 15);
    }
    plain("\"}\n");
  }

  int length() {
    return length;
  }

  byte[] bytes() {
    return bytes;
  }

  void clear() {
    length = 0;
  }

  /** What there is, without the last line's end. */
  String text() {
    return new String(bytes, 0, length - 1, StandardCharsets.UTF_8);
  }

  private void name(String name) {
    if (length > start + 1) {
      one(',');
    }
    one('"');
    plain(name);
    one('"');
    one(':');
  }

  private void value(@Nullable Object value) {
    switch (value) {
      case null -> plain("null");
      case String s -> quoted(s);
      case Boolean b -> plain(b ? "true" : "false");
      case Long n -> number(n);
      case Integer n -> number(n);
      case Map<?, ?> map -> {
        one('{');
        boolean comma = false;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          if (comma) {
            one(',');
          }
          comma = true;
          quoted(String.valueOf(entry.getKey()));
          one(':');
          value(entry.getValue());
        }
        one('}');
      }
      case Iterable<?> list -> {
        one('[');
        boolean comma = false;
        for (Object element : list) {
          if (comma) {
            one(',');
          }
          comma = true;
          value(element);
        }
        one(']');
      }
      default -> utf8(Json.write(value));
    }
  }

  /** A name of ours, or what else needs no escape. */
  private void plain(String text) {
    int n = text.length();
    reserve(n);
    for (int i = 0; i < n; i++) {
      bytes[length + i] = (byte) text.charAt(i);
    }
    length += n;
  }

  private void quoted(String text) {
    int n = text.length();
    reserve(n + 2);
    int at = length;
    bytes[at++] = '"';
    for (int i = 0; i < n; i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c > 0x7e || c == '"' || c == '\\') {
        utf8(Json.write(text));
        return;
      }
      bytes[at++] = (byte) c;
    }
    bytes[at++] = '"';
    length = at;
  }

  private void utf8(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    reserve(encoded.length);
    System.arraycopy(encoded, 0, bytes, length, encoded.length);
    length += encoded.length;
  }

  private void number(long value) {
    if (value == Long.MIN_VALUE) {
      plain(Long.toString(value));
      return;
    }
    reserve(LONGEST_NUMBER);
    long rest = value;
    if (rest < 0) {
      bytes[length++] = '-';
      rest = -rest;
    }
    int digits = 1;
    for (long more = rest / 10; more > 0; more /= 10) {
      digits++;
    }
    for (int i = length + digits - 1; i >= length; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
  }

  private void one(char c) {
    reserve(1);
    bytes[length++] = (byte) c;
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }
}
