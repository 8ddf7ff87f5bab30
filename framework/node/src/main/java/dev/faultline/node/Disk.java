package dev.faultline.node;

import java.util.List;
import java.util.function.Consumer;

/**
 * A node's files. Writes are seen at once by this incarnation's reads, and can be lost at a crash
 * until a sync that began after them succeeded. File names are plain names without directories.
 */
public interface Disk {
  /** Adds to a file's end, creating it. */
  void append(String file, byte[] data);

  /** Overwrites from an offset that is at most the file's size, creating it. */
  void write(String file, long offset, byte[] data);

  /** Sets a whole file's content: after a crash either the old or the new content is there. */
  void replace(String file, byte[] data);

  /** A whole file; empty when there is none. */
  byte[] read(String file);

  /** Cuts a file to a size that is at most its own. */
  void truncate(String file, long size);

  /** The files there are, sorted. */
  List<String> list();

  void delete(String file);

  /** Makes what was written to a file durable; the callback comes later, never from inside. */
  void sync(String file, Consumer<Result> done);

  /** What became of a sync. */
  enum Result {
    DURABLE,
    /** Nothing is known about what was written since the last success. */
    FAILED
  }
}
