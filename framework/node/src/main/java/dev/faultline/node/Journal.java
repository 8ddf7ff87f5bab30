package dev.faultline.node;

import dev.faultline.json.Json;
import dev.faultline.json.JsonException;
import dev.faultline.json.JsonView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A file of records, one JSON object a line with its checksum, that only grows. A crash can tear
 * the last line off, and leave zeros where a failed write should have gone; opening cuts that away
 * and what follows it, so that the next record starts a line of its own. What a disk has changed
 * since is no record any more: a node that finds that must not go on as if it had never been.
 */
public final class Journal {
  private static final int SUM = 9;
  private static final String DIGITS = "0123456789abcdef";

  private final Disk disk;
  private final String file;
  private final List<JsonView> found;

  /** Lines that are not known to be durable, and how long the file is with and without them. */
  private final Deque<byte[]> unsynced = new ArrayDeque<>();

  private long size;
  private long durable;

  /** Whether a sync failed and the lines were not written again since. */
  private boolean failed;

  private long failures;

  /** The disk has changed what was written; nobody knows what it was. */
  public static final class CorruptException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    CorruptException(String file, int line) {
      super(
          "%s, line %d: the checksum is wrong; the disk has changed it, start with an empty one"
              .formatted(file, line));
    }
  }

  /**
   * Opens a journal, new or old.
   *
   * @throws CorruptException if a line is not what was written
   * @throws JsonException if a line is no JSON: that is a defect
   */
  public Journal(Disk disk, String file) {
    this.disk = disk;
    this.file = file;
    byte[] content = disk.read(file);
    List<JsonView> records = new ArrayList<>();
    int start = 0;
    int end = 0;
    for (; end < content.length && content[end] != 0; end++) {
      if (content[end] == '\n') {
        records.add(record(content, start, end, records.size() + 1));
        start = end + 1;
      }
    }
    if (end - 1 > start && isWhole(content, start, end - 1)) {
      // Its end is there and is no end: that is not what a crash leaves.
      throw new CorruptException(file, records.size() + 1);
    }
    if (start < content.length) {
      disk.truncate(file, start);
    }
    size = start;
    durable = start;
    this.found = List.copyOf(records);
  }

  private JsonView record(byte[] content, int start, int end, int line) {
    if (!isWhole(content, start, end)) {
      throw new CorruptException(file, line);
    }
    String text = new String(content, start, end - start - SUM, StandardCharsets.UTF_8);
    return JsonView.parse(file + ", line " + line, text);
  }

  /** Whether there is a record with its checksum. */
  private static boolean isWhole(byte[] content, int start, int end) {
    int sum = end - SUM;
    return sum > start && Arrays.equals(content, sum, end, sum(content, start, sum), 0, SUM);
  }

  /** A space and eight digits. */
  private static byte[] sum(byte[] content, int start, int end) {
    CRC32C crc = new CRC32C();
    crc.update(content, start, end - start);
    long value = crc.getValue();
    byte[] sum = new byte[SUM];
    sum[0] = ' ';
    for (int i = SUM - 1; i > 0; i--) {
      sum[i] = (byte) DIGITS.charAt((int) (value & 15));
      value >>>= 4;
    }
    return sum;
  }

  /** The records that were there when it was opened, oldest first. */
  public List<JsonView> found() {
    return found;
  }

  /** Adds a record; it may be lost at a crash until it is {@link #durable}. */
  public void append(Map<String, ? extends @Nullable Object> record) {
    byte[] text = Json.write(record).getBytes(StandardCharsets.UTF_8);
    byte[] line = Arrays.copyOf(text, text.length + SUM + 1);
    System.arraycopy(sum(text, 0, text.length), 0, line, text.length, SUM);
    line[line.length - 1] = '\n';
    unsynced.add(line);
    size += line.length;
    if (!failed) {
      disk.append(file, line);
    }
  }

  /**
   * Calls back, later, when everything appended so far is durable. If the disk fails it never does:
   * then nothing is known, and so nothing must be answered. The next call writes all again that is
   * not known to be durable, since a system may take for clean what it failed to write, and report
   * the next sync of it as a success.
   *
   * @see "Rebello et al.: Can Applications Recover from fsync Failures?, USENIX ATC 2020"
   */
  public void durable(Runnable then) {
    if (failed) {
      failed = false;
      disk.truncate(file, durable);
      unsynced.forEach(line -> disk.append(file, line));
    }
    long upTo = size;
    long of = failures;
    disk.sync(
        file,
        result -> {
          if (result != Disk.Result.DURABLE) {
            failed = true;
            failures++;
          } else if (of == failures) {
            while (durable < upTo) {
              durable += unsynced.remove().length;
            }
            then.run();
          }
        });
  }
}
