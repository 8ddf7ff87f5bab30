package dev.faultline.history.formats;

import dev.faultline.history.HistoryException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The lines of a file as bytes, one at a time, and a place in the line from which words and numbers
 * are taken. Nothing is kept, and no text is made of what is a number or a word seen before.
 */
final class Lines {
  private final String name;
  private final InputStream in;
  private final Words words = new Words();
  private byte[] bytes = new byte[1 << 16];

  /** Where the next line begins, and where what was read ends. */
  private int next;

  private int filled;
  private long number;
  private int at;
  private int to;
  private boolean torn;

  Lines(String name, InputStream in) {
    this.name = name;
    this.in = in;
  }

  /** Goes to the next line; false if there is none. */
  boolean next() throws IOException {
    int scan = next;
    while (true) {
      scan = lineEnd(bytes, scan, filled);
      if (scan < filled) {
        break;
      }
      int begun = filled - next;
      boolean more = fill();
      scan = next + begun;
      if (!more) {
        if (begun == 0) {
          return false;
        }
        torn = true;
        break;
      }
    }
    at = next;
    to = scan > at && bytes[scan - 1] == '\r' ? scan - 1 : scan;
    next = Math.min(scan + 1, filled);
    number++;
    return true;
  }

  private static int lineEnd(byte[] bytes, int from, int filled) {
    int scan = from;
    while (scan < filled && bytes[scan] != '\n') {
      scan++;
    }
    return scan;
  }

  /** Reads more behind the line that is begun; false at the end. */
  private boolean fill() throws IOException {
    int begun = filled - next;
    if (next > 0) {
      System.arraycopy(bytes, next, bytes, 0, begun);
    } else if (begun == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length);
    }
    next = 0;
    filled = begun;
    int n = in.read(bytes, filled, bytes.length - filled);
    filled += Math.max(n, 0);
    return n > 0;
  }

  /** The bytes that hold the line, from {@link #at} to {@link #to}; good until the next line. */
  byte[] bytes() {
    return bytes;
  }

  int at() {
    return at;
  }

  int to() {
    return to;
  }

  /** Whether the file ends within this line. */
  boolean torn() {
    return torn;
  }

  /** The line's number, from 1. */
  long number() {
    return number;
  }

  /** The byte here, without going on; -1 at the line's end. */
  int peek() {
    return at < to ? bytes[at] : -1;
  }

  /** Goes over blanks; whether something is left of the line. */
  boolean more() {
    while (at < to && (bytes[at] == ' ' || bytes[at] == '\t')) {
      at++;
    }
    return at < to;
  }

  /** Goes over this byte if it is the next one. */
  boolean skip(char c) {
    boolean here = at < to && bytes[at] == c;
    at += here ? 1 : 0;
    return here;
  }

  /** Goes over blanks and a whole number; refuses what is none. */
  long number(String what) {
    byte[] line = bytes;
    int end = to;
    int i = at;
    while (i < end && (line[i] == ' ' || line[i] == '\t')) {
      i++;
    }
    int from = i;
    boolean negative = i < end && line[i] == '-';
    i += negative ? 1 : 0;
    int first = i;
    long n = 0;
    while (i < end && line[i] >= '0' && line[i] <= '9') {
      n = n * 10 + line[i++] - '0';
    }
    if (i == first || i - first > 18 || (i < end && !endsNumber(line[i]))) {
      throw wrong(wordAt(from), what);
    }
    at = i;
    return negative ? -n : n;
  }

  private static boolean endsNumber(byte c) {
    return c == ' ' || c == '\t' || c == ',' || c == ')' || c == ']';
  }

  /** Goes over blanks and a word up to a blank or one of these; "" at the line's end. */
  String word(String ends) {
    byte[] line = bytes;
    int end = to;
    int from = more() ? at : end;
    int i = from;
    while (i < end && line[i] > ' ' && (ends.isEmpty() || ends.indexOf(line[i]) < 0)) {
      i++;
    }
    at = i;
    return words.of(line, from, i);
  }

  /** What is left of the line, without blanks at its end. */
  String rest() {
    boolean unused = more();
    int end = to;
    while (end > at && bytes[end - 1] <= ' ') {
      end--;
    }
    String rest = new String(bytes, at, end - at, StandardCharsets.UTF_8);
    at = to;
    return rest;
  }

  /** Refuses the line unless nothing is left of it. */
  void end(String what) {
    if (more()) {
      throw wrong("'" + rest() + "'", what);
    }
  }

  private String wordAt(int from) {
    at = from;
    String word = word("");
    return word.isEmpty() ? "the line's end" : "'" + word + "'";
  }

  /** What to throw about this line. */
  HistoryException wrong(String found, String wanted) {
    return new HistoryException("%s, line %d: %s, want %s".formatted(name, number, found, wanted));
  }
}
