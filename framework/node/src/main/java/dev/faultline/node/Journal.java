package dev.faultline.node;

import dev.faultline.json.Json;
import dev.faultline.json.JsonException;
import dev.faultline.json.JsonView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file of records, one JSON object a line, that only grows. A crash can tear the last line off,
 * and leave zeros where a failed write should have gone; opening cuts that away and what follows
 * it, so that the next record starts a line of its own.
 */
public final class Journal {
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

  /**
   * Opens a journal, new or old.
   *
   * @throws JsonException if a line before the last is no JSON: that is no crash but a defect
   */
  public Journal(Disk disk, String file) {
    this.disk = disk;
    this.file = file;
    byte[] content = disk.read(file);
    int end = 0;
    while (end < content.length && content[end] != 0) {
      end++;
    }
    while (end > 0 && content[end - 1] != '\n') {
      end--;
    }
    if (end < content.length) {
      disk.truncate(file, end);
    }
    size = end;
    durable = end;
    List<JsonView> records = new ArrayList<>();
    String text = new String(content, 0, end, StandardCharsets.UTF_8);
    for (String line : text.lines().toList()) {
      records.add(JsonView.parse(file + ", line " + (records.size() + 1), line));
    }
    this.found = List.copyOf(records);
  }

  /** The records that were there when it was opened, oldest first. */
  public List<JsonView> found() {
    return found;
  }

  /** Adds a record; it may be lost at a crash until it is {@link #durable}. */
  public void append(Map<String, ? extends @Nullable Object> record) {
    byte[] line = (Json.write(record) + "\n").getBytes(StandardCharsets.UTF_8);
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
