package dev.faultline.sim;

import dev.faultline.node.Disk;
import dev.faultline.node.KeyedRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Files with a durable content and a list of writes that are not synced yet. A crash keeps a prefix
 * of those of each file, drawn from the seed; each write is there whole or not at all.
 */
final class SimDisk implements Disk {
  private final BiConsumer<Long, Runnable> later;
  private final LongSupplier onAsk;
  private final ObjLongConsumer<String> onSync;
  private final KeyedRandom random;
  private final Map<String, byte[]> durable = new TreeMap<>();
  private final Map<String, Pending> pending = new TreeMap<>();

  private static final class Pending {
    byte[] content = {};
    boolean exists;
    final List<byte @Nullable []> states = new ArrayList<>();
    int settled;
  }

  /**
   * @param later runs a callback of this incarnation after so many nanoseconds
   * @param onAsk told of each wish to sync
   * @param onSync told with what that gave of each file that became durable
   */
  SimDisk(
      long seed,
      String node,
      BiConsumer<Long, Runnable> later,
      LongSupplier onAsk,
      ObjLongConsumer<String> onSync) {
    this.later = later;
    this.onAsk = onAsk;
    this.onSync = onSync;
    this.random = KeyedRandom.of(seed, "disk", node);
  }

  @Override
  public void append(String file, byte[] data) {
    byte[] old = read(file);
    byte[] content = Arrays.copyOf(old, old.length + data.length);
    System.arraycopy(data, 0, content, old.length, data.length);
    put(file, content);
  }

  @Override
  public void write(String file, long offset, byte[] data) {
    byte[] old = read(file);
    if (offset > old.length) {
      throw new IllegalArgumentException(
          file + ": offset " + offset + " is beyond its size " + old.length);
    }
    byte[] content = Arrays.copyOf(old, Math.max(old.length, (int) offset + data.length));
    System.arraycopy(data, 0, content, (int) offset, data.length);
    put(file, content);
  }

  @Override
  public void replace(String file, byte[] data) {
    put(file, data.clone());
  }

  @Override
  public byte[] read(String file) {
    Pending open = pending.get(file);
    byte[] content = open != null ? open.content : durable.get(file);
    return content == null ? new byte[0] : content;
  }

  @Override
  public void truncate(String file, long size) {
    byte[] old = read(file);
    if (size > old.length) {
      throw new IllegalArgumentException(
          file + ": cannot truncate to " + size + ", its size is " + old.length);
    }
    put(file, Arrays.copyOf(old, (int) size));
  }

  @Override
  public List<String> list() {
    TreeMap<String, Boolean> names = new TreeMap<>();
    durable.keySet().forEach(f -> names.put(f, true));
    pending.forEach((f, p) -> names.put(f, p.exists));
    return names.entrySet().stream().filter(Map.Entry::getValue).map(Map.Entry::getKey).toList();
  }

  @Override
  public void delete(String file) {
    put(file, null);
  }

  @Override
  public void sync(String file, Consumer<Result> done) {
    Pending open = pending.get(file);
    int upTo = open == null ? 0 : open.settled + open.states.size();
    long asked = onAsk.getAsLong();
    // 0.1 to 1 ms, as of a solid-state disk.
    later.accept(
        100_000 + random.nextLong(900_000),
        () -> {
          if (open != null && pending.get(file) == open) {
            settle(file, open, upTo);
          }
          onSync.accept(file, asked);
          done.accept(Result.DURABLE);
        });
  }

  private void put(String file, byte @Nullable [] content) {
    Pending open = pending.computeIfAbsent(file, f -> new Pending());
    open.exists = content != null;
    open.content = content == null ? new byte[0] : content;
    open.states.add(content);
  }

  private void settle(String file, Pending open, int upTo) {
    int fresh = upTo - open.settled;
    if (fresh > 0) {
      keep(file, open.states.get(fresh - 1));
      open.states.subList(0, fresh).clear();
      open.settled = upTo;
    }
    if (open.states.isEmpty()) {
      pending.remove(file);
    }
  }

  private void keep(String file, byte @Nullable [] content) {
    if (content == null) {
      durable.remove(file);
    } else {
      durable.put(file, content);
    }
  }

  /** What is drawn from here on is drawn anew. */
  void reseed(long salt) {
    random.reseed(salt);
  }

  /** The process died, and what was not synced may be gone. */
  void crash() {
    for (Map.Entry<String, Pending> open : pending.entrySet()) {
      List<byte @Nullable []> states = open.getValue().states;
      int kept = random.nextInt(states.size() + 1);
      if (kept > 0) {
        keep(open.getKey(), states.get(kept - 1));
      }
    }
    pending.clear();
  }
}
