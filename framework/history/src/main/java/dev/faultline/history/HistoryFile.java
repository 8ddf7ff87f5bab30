package dev.faultline.history;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code history.jsonl}, plain or gzipped ({@code .gz}), from any prefix: a last line that
 * its writer's death tore, or whose checksum does not fit, is left out.
 *
 * @param history what was read
 * @param leftOut which last line was left out, and why; null if none was
 */
public record HistoryFile(History history, @Nullable String leftOut) {
  /** Whether a last line was left out. */
  public boolean torn() {
    return leftOut != null;
  }

  /**
   * Reads a whole file.
   *
   * @throws HistoryException naming the line that is wrong, and how to check what stands before it
   * @throws IOException if the file cannot be read
   */
  public static HistoryFile read(Path file) throws IOException {
    return read(file, Long.MAX_VALUE);
  }

  /** Reads the first {@code until} entries, and nothing after them. */
  public static HistoryFile read(Path file, long until) throws IOException {
    List<Entry> entries = new ArrayList<>();
    String leftOut = read(file, until, entries::add);
    try {
      return new HistoryFile(History.of(entries), leftOut);
    } catch (HistoryException e) {
      throw new HistoryException(file.getFileName() + ", " + e.getMessage());
    }
  }

  /** Hands each entry over and keeps none; that they follow each other is not checked. */
  public static void each(Path file, Consumer<Entry> to) throws IOException {
    String unused = read(file, Long.MAX_VALUE, to);
  }

  private static @Nullable String read(Path file, long until, Consumer<Entry> to)
      throws IOException {
    String name = String.valueOf(file.getFileName());
    Reading reading = new Reading(name, to);
    try (InputStream raw = Files.newInputStream(file);
        InputStream in = name.endsWith(".gz") ? new GZIPInputStream(raw) : raw;
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      Lines lines = new Lines(reader);
      for (String line = lines.next(); line != null; line = lines.next()) {
        if (!reading.take(line, lines.torn, until)) {
          break;
        }
      }
    }
    return reading.leftOut;
  }

  /** What was read so far. A wrong line is an error only when another one follows. */
  private static final class Reading {
    private final String name;
    private final Consumer<Entry> to;
    private long entries;
    private int number;
    private boolean sealed;
    private @Nullable HistoryException wrong;
    private @Nullable String leftOut;

    Reading(String name, Consumer<Entry> to) {
      this.name = name;
      this.to = to;
    }

    /** Takes a line; false if no more is wanted. */
    boolean take(String line, boolean torn, long until) {
      number++;
      if (line.isBlank()) {
        return true;
      }
      if (wrong != null) {
        throw wrong;
      }
      if (torn) {
        leftOut = name + ", line " + number + ": torn, it has no end";
        return true;
      }
      if (entries >= until) {
        return false;
      }
      try {
        Entry entry = HistoryLines.decode(name + ", line " + number, line, sealed);
        if (entry != null) {
          entries++;
          to.accept(entry);
        } else {
          sealed = HistoryLines.isSealed(line);
        }
      } catch (HistoryException e) {
        if (!sealed) {
          throw refused(e);
        }
        wrong = refused(e);
        leftOut = e.getMessage();
      }
      return true;
    }

    private HistoryException refused(HistoryException e) {
      return new HistoryException(
          "%s; the %,d entries before it can be checked with --until %d"
              .formatted(e.getMessage(), entries, entries));
    }
  }

  /** Lines, and whether the last one had no end. */
  private static final class Lines {
    private final BufferedReader reader;
    private boolean torn;

    Lines(BufferedReader reader) {
      this.reader = reader;
    }

    @Nullable String next() throws IOException {
      StringBuilder line = new StringBuilder();
      for (int c = reader.read(); c >= 0; c = reader.read()) {
        if (c == '\n') {
          return line.toString();
        }
        line.append((char) c);
      }
      torn = !line.isEmpty();
      return line.isEmpty() ? null : line.toString();
    }
  }
}
