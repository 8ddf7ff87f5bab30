package dev.faultline.node;

import dev.faultline.json.Json;
import dev.faultline.json.JsonException;
import dev.faultline.json.JsonView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file of records, one JSON object a line, that only grows. A crash can tear the last line off;
 * opening cuts what is left of it away, so that the next record starts a line of its own.
 */
public final class Journal {
  private final Disk disk;
  private final String file;
  private final List<JsonView> found;

  /**
   * Opens a journal, new or old.
   *
   * @throws JsonException if a line before the last is no JSON: that is no crash but a defect
   */
  public Journal(Disk disk, String file) {
    this.disk = disk;
    this.file = file;
    byte[] content = disk.read(file);
    int end = content.length;
    while (end > 0 && content[end - 1] != '\n') {
      end--;
    }
    if (end < content.length) {
      disk.truncate(file, end);
    }
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
    disk.append(file, (Json.write(record) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Calls back, later, when everything appended so far is durable. If the disk fails it never does:
   * then nothing is known, and so nothing must be answered.
   */
  public void durable(Runnable then) {
    disk.sync(
        file,
        result -> {
          if (result == Disk.Result.DURABLE) {
            then.run();
          }
        });
  }
}
