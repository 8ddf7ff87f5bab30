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
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code history.jsonl}, plain or gzipped ({@code .gz}). A last line without its line end was
 * torn by the writer's death and is left out.
 *
 * @param history what was read
 * @param torn whether a torn last line was left out
 */
public record HistoryFile(History history, boolean torn) {
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
    String name = String.valueOf(file.getFileName());
    List<Entry> entries = new ArrayList<>();
    boolean torn = false;
    try (InputStream raw = Files.newInputStream(file);
        InputStream in = name.endsWith(".gz") ? new GZIPInputStream(raw) : raw;
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      Lines lines = new Lines(reader);
      int number = 0;
      for (String line = lines.next(); line != null; line = lines.next()) {
        number++;
        torn = lines.torn;
        if (torn || line.isBlank()) {
          continue;
        }
        if (entries.size() >= until) {
          break;
        }
        Entry entry = decode(name, number, line, entries.size());
        if (entry != null) {
          entries.add(entry);
        }
      }
    }
    try {
      return new HistoryFile(History.of(entries), torn);
    } catch (HistoryException e) {
      throw new HistoryException(name + ", " + e.getMessage());
    }
  }

  private static @Nullable Entry decode(String name, int number, String line, int before) {
    try {
      return HistoryLines.decode(name + ", line " + number, line);
    } catch (HistoryException e) {
      throw new HistoryException(
          "%s; the %,d entries before it can be checked with --until %d"
              .formatted(e.getMessage(), before, before));
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
