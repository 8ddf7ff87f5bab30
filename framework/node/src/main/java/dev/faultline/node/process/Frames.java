package dev.faultline.node.process;

import dev.faultline.json.Json;
import dev.faultline.json.JsonException;
import dev.faultline.json.JsonView;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Frames on a data connection: a length of four bytes, big-endian, the CRC-32C of the text in four,
 * and that many bytes of JSON text, always an object. What was changed on its way ends the
 * connection. The first frame of a connection says what it is for: {@code {"hello":"n1"}} names the
 * sender of all frames that follow, each the body of a message; {@code {"probe":…}} makes it a
 * probe.
 */
public final class Frames {
  /** Longest frame, in bytes. */
  public static final int LIMIT = 16 << 20;

  /** Before the text of each frame. */
  public static final int HEADER_BYTES = 8;

  private Frames() {}

  /** The first frame of a connection over which {@code sender} sends. */
  public static byte[] hello(String sender) {
    return encode(Map.of("hello", sender));
  }

  /**
   * An object as a frame, its length included.
   *
   * @throws IllegalArgumentException if it is longer than {@link #LIMIT}
   */
  public static byte[] encode(Map<String, ? extends @Nullable Object> object) {
    byte[] text = Json.write(object).getBytes(StandardCharsets.UTF_8);
    if (text.length > LIMIT) {
      throw new IllegalArgumentException(
          "a message of %d bytes; the longest that can be sent has %d"
              .formatted(text.length, LIMIT));
    }
    return ByteBuffer.allocate(HEADER_BYTES + text.length)
        .putInt(text.length)
        .putInt(check(text))
        .put(text)
        .array();
  }

  private static int check(byte[] text) {
    CRC32C crc = new CRC32C();
    crc.update(text);
    return (int) crc.getValue();
  }

  /**
   * How long the frame is whose header is there, header included; negative if it is none.
   *
   * @param bytes has {@link #HEADER_BYTES} there at least
   */
  public static int length(byte[] bytes, int at) {
    int length = ByteBuffer.wrap(bytes).getInt(at);
    return length < 0 || length > LIMIT ? -1 : HEADER_BYTES + length;
  }

  /**
   * The next frame's object, or null at the orderly end of the stream between two frames.
   *
   * @param sender for errors
   * @throws IOException if the stream breaks, or what comes is no frame
   */
  public static @Nullable JsonView read(String sender, DataInputStream in) throws IOException {
    int first = in.read();
    if (first < 0) {
      return null;
    }
    byte[] header = new byte[HEADER_BYTES];
    header[0] = (byte) first;
    in.readFully(header, 1, HEADER_BYTES - 1);
    int length = ByteBuffer.wrap(header).getInt();
    if (length < 0 || length > LIMIT) {
      throw new IOException(
          "frame from %s: length %d is not between 0 and %d".formatted(sender, length, LIMIT));
    }
    byte[] text = in.readNBytes(length);
    if (text.length < length) {
      throw new EOFException(
          "frame from %s: ends after %d of %d bytes".formatted(sender, text.length, length));
    }
    if (check(text) != ByteBuffer.wrap(header).getInt(4)) {
      throw new IOException(
          "frame from %s: its %d bytes were changed on their way".formatted(sender, length));
    }
    try {
      return JsonView.parse("frame from " + sender, new String(text, StandardCharsets.UTF_8));
    } catch (JsonException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /**
   * The only frame of a probe's connection.
   *
   * @param bytes size of the whole frame; smaller than its own fields means no padding
   * @param echo whether the receiver is to send a frame of that size back
   */
  public static byte[] probe(String from, long id, int bytes, boolean echo) {
    Map<String, @Nullable Object> probe = new LinkedHashMap<>();
    probe.put("probe", id);
    probe.put("from", from);
    if (echo) {
      probe.put("echo", (long) bytes);
    }
    return padded(probe, bytes);
  }

  /** A frame that has at least this size, by a field {@code pad}. */
  static byte[] padded(Map<String, @Nullable Object> object, int bytes) {
    byte[] bare = encode(object);
    int field = ",\"pad\":\"\"".length();
    Map<String, @Nullable Object> padded = new LinkedHashMap<>(object);
    padded.put("pad", "x".repeat(Math.max(0, Math.min(bytes, LIMIT) - bare.length - field)));
    return encode(padded);
  }
}
