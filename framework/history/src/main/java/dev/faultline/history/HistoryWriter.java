package dev.faultline.history;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Appends entries to {@code history.jsonl}. What is written survives the death of this process (not
 * of the machine: there is no fsync): an invocation, an event and a step of a fault is with the
 * operating system when {@link #append} returns. Completions wait for the next of these, for {@link
 * #flush}, or until there are too many: one that is lost makes its operation unknown, no more. For
 * one thread.
 */
public final class HistoryWriter implements AutoCloseable {
  private static final int MOST_WAITING = 1 << 15;

  private final OutputStream file;
  private final LineBuffer lines = new LineBuffer();
  private boolean turns;

  /** Creates the file, which must not exist yet, and writes its first line. */
  public HistoryWriter(Path file, String runId) throws IOException {
    this.file = new FileOutputStream(Files.createFile(file).toFile());
    HistoryLines.header(runId, lines);
    flush();
  }

  /** From now on invocations wait too: whoever makes calls flushes before. */
  public void byTurns() {
    turns = true;
  }

  /** Appends one entry. */
  public void append(Entry entry) {
    HistoryLines.encode(entry, lines);
    boolean waits = entry instanceof Entry.Op op && (turns || op.type() != Entry.Type.INVOKE);
    if (!waits || lines.length() > MOST_WAITING) {
      flush();
    }
  }

  /** Writes what waits; it is with the operating system when this returns. */
  public void flush() {
    if (lines.length() > 0) {
      try {
        file.write(lines.bytes(), 0, lines.length());
      } catch (IOException e) {
        throw new UncheckedIOException("history: " + e.getMessage(), e);
      } finally {
        lines.clear();
      }
    }
  }

  @Override
  public void close() throws IOException {
    try (file) {
      flush();
    }
  }
}
