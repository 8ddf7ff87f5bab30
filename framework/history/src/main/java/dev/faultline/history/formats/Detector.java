package dev.faultline.history.formats;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells formats apart by how a file begins. */
final class Detector {
  /** How many bytes of a file are looked at. */
  static final int HEAD = 1 << 13;

  private static final Pattern LIMO = Pattern.compile("(?m)^\\s*#\\s*@object\\s");
  private static final Pattern STAMPED =
      Pattern.compile("\\A\\s*#\\s*[a-z-]+[ \\t]*\\r?(?:\\n\\s*(\\S)?|\\z)");
  private static final Pattern PLUME = Pattern.compile("\\A[rw]\\(-?\\d+,");
  private static final Pattern AWDIT =
      Pattern.compile("\\A(?:[rw] -?\\d+ -?\\d+|-{3,}|={3,})\\s*(?:\\n|\\z)");
  private static final Pattern KV = Pattern.compile("\\A\\{[^}]*:key\\s+\"");
  private static final Pattern OURS = Pattern.compile("\\A\\{\\s*\"faultline\"\\s*:");
  private static final Pattern STANDARD =
      Pattern.compile("\\A\\{(?=[^\\n]*\"index\")(?=[^\\n]*\"time\")[^\\n]*\"type\"");
  private static final long LONGEST_NAME = 1000;

  private Detector() {}

  /** The format of a file that begins so; null if none does. */
  static @Nullable Format of(byte[] head, int length) {
    if (isDbcop(head, length)) {
      return Format.DBCOP;
    }
    String text = new String(head, 0, length, StandardCharsets.UTF_8);
    if (LIMO.matcher(text).find()) {
      return Format.LIMO;
    }
    String begins = text.strip();
    Matcher stamped = STAMPED.matcher(begins);
    if (stamped.find()) {
      String first = stamped.group(1);
      return first != null && Character.isDigit(first.charAt(0)) ? Format.FPTLIN : Format.POLYLIN;
    }
    if (text.contains("jepsen.util")) {
      return Format.ETCD;
    }
    if (PLUME.matcher(begins).find()) {
      return Format.PLUME;
    }
    if (AWDIT.matcher(begins).find()) {
      return Format.AWDIT;
    }
    return maps(withoutComments(begins));
  }

  private static @Nullable Format maps(String text) {
    if (OURS.matcher(text).find() || STANDARD.matcher(text).find()) {
      return Format.NATIVE;
    }
    if (KV.matcher(text).find()) {
      return Format.KV;
    }
    String inside = text.isEmpty() ? "" : text.substring(1).strip();
    return switch (text.isEmpty() ? ' ' : text.charAt(0)) {
      case '{' -> inside.startsWith("\"") ? Format.JSON : Format.EDN;
      case '[' ->
          inside.startsWith("{") && inside.substring(1).strip().startsWith("\"")
              ? Format.JSON
              : Format.EDN;
      case '(', '#' -> Format.EDN;
      default -> null;
    };
  }

  private static String withoutComments(String text) {
    String left = text;
    while (left.startsWith(";")) {
      int end = left.indexOf('\n');
      left = end < 0 ? "" : left.substring(end).strip();
    }
    return left;
  }

  /** Five numbers, and then a text that has its length before it. */
  private static boolean isDbcop(byte[] head, int length) {
    int at = 5 * Long.BYTES;
    if (length < at + Long.BYTES) {
      return false;
    }
    long size = number(head, at);
    if (size < 0 || size > LONGEST_NAME || number(head, Long.BYTES) <= 0) {
      return false;
    }
    for (int i = at + Long.BYTES; i < Math.min(length, at + Long.BYTES + size); i++) {
      if (head[i] >= 0 && head[i] < ' ') {
        return false;
      }
    }
    return number(head, 0) >>> 32 == 0;
  }

  private static long number(byte[] bytes, int at) {
    long n = 0;
    for (int i = Long.BYTES - 1; i >= 0; i--) {
      n = n << Byte.SIZE | (bytes[at + i] & 0xff);
    }
    return n;
  }
}
