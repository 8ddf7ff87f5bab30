package dev.faultline.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Appends entries to {@code history.jsonl}: one {@code write} a line, so that what is written
 * survives the death of this process (not of the machine: there is no fsync). For one thread.
 */
public final class HistoryWriter implements AutoCloseable {
  private final FileChannel channel;

  /** Creates the file, which must not exist yet, and writes its first line. */
  public HistoryWriter(Path file, String runId) throws IOException {
    channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    line(HistoryLines.header(runId));
  }

  /** Appends one entry; it is with the operating system when this returns. */
  public void append(Entry entry) {
    line(HistoryLines.encode(entry));
  }

  private void line(String text) {
    ByteBuffer bytes = ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8));
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("history: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
