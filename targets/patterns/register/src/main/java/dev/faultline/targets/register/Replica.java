package dev.faultline.targets.register;

import dev.faultline.json.JsonView;
import dev.faultline.node.Disk;
import dev.faultline.node.Journal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one node has of each key: always the newest version that it was told, kept on disk. */
final class Replica {
  private final Journal journal;
  private final Map<String, Versioned> registers = new LinkedHashMap<>();

  /** Records since the start, and how many of them cannot be lost any more. */
  private long written;

  private long safe;

  Replica(Disk disk) {
    journal = new Journal(disk, "registers");
    for (JsonView record : journal.found()) {
      keep(record.get("key").string(), Versioned.of(record));
    }
  }

  Versioned get(String key) {
    return registers.getOrDefault(key, Versioned.NONE);
  }

  /**
   * Keeps a value unless a newer one is there.
   *
   * @param durable called when this or the newer one cannot be lost any more
   */
  void store(String key, Versioned next, Runnable durable) {
    if (keep(key, next)) {
      Map<String, @Nullable Object> record = new LinkedHashMap<>();
      record.put("key", key);
      record.put("version", next.version().toJson());
      record.put("value", next.value());
      journal.append(record);
      written++;
    }
    if (safe == written) {
      durable.run();
      return;
    }
    long upTo = written;
    journal.durable(() -> {
      safe = Math.max(safe, upTo);
      durable.run();
    });
  }

  private boolean keep(String key, Versioned next) {
    boolean newer = next.newerThan(get(key));
    if (newer) {
      registers.put(key, next);
    }
    return newer;
  }
}
