package dev.faultline.sim;

import dev.faultline.harness.Cluster.Damage;
import dev.faultline.node.Disk;
import dev.faultline.node.KeyedRandom;
import dev.faultline.spec.Trouble;
import dev.faultline.spec.Unsynced;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A node's files over all its incarnations. A crash keeps a prefix of each file's unsynced writes,
 * drawn from the seed, unless a fault asks for something else.
 */
final class SimDisk implements Disk {
  /** Of the syncs after trouble so many are counted. */
  private static final int SEEN = 3;

  private final BiConsumer<Long, Runnable> later;
  private final LongSupplier onAsk;
  private final ObjLongConsumer<String> onSync;
  private final KeyedRandom random;
  private final String node;
  private long seed;
  private final Map<String, SimFile> files = new TreeMap<>();
  private final List<Runnable> stalled = new ArrayList<>();

  /** So many of the next syncs that succeed show that nothing is wrong any more. */
  private int toSee;

  private Trouble trouble = Trouble.NONE;
  private boolean toFlip;
  private Damage damage = Damage.NONE;
  private long crashes;
  private @Nullable Runnable onWrite;

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
    this.node = node;
    this.seed = seed;
    this.random = KeyedRandom.of(seed, "disk", node);
  }

  @Override
  public void append(String file, byte[] data) {
    SimFile f = file(file);
    f.part(f.size(), data);
    wrote();
  }

  @Override
  public void write(String file, long offset, byte[] data) {
    SimFile f = file(file);
    if (offset > f.size()) {
      throw new IllegalArgumentException(
          file + ": offset " + offset + " is beyond its size " + f.size());
    }
    f.part((int) offset, data);
    wrote();
  }

  @Override
  public void replace(String file, byte[] data) {
    file(file).whole(data);
    wrote();
  }

  @Override
  public byte[] read(String file) {
    SimFile f = files.get(file);
    return f == null ? new byte[0] : f.read();
  }

  @Override
  public void truncate(String file, long size) {
    SimFile f = file(file);
    if (size > f.size()) {
      throw new IllegalArgumentException(
          file + ": cannot truncate to " + size + ", its size is " + f.size());
    }
    f.cut((int) size);
    wrote();
  }

  @Override
  public List<String> list() {
    return files.entrySet().stream()
        .filter(e -> e.getValue().exists())
        .map(Map.Entry::getKey)
        .toList();
  }

  @Override
  public void delete(String file) {
    file(file).whole(null);
    wrote();
  }

  private SimFile file(String name) {
    SimFile file = files.get(name);
    if (file == null) {
      file = new SimFile();
      files.put(name, file);
    }
    return file;
  }

  private void wrote() {
    Runnable heard = onWrite;
    if (heard != null) {
      onWrite = null;
      heard.run();
    }
  }

  @Override
  public void sync(String name, Consumer<Result> done) {
    SimFile file = file(name);
    long upTo = file.written();
    long asked = onAsk.getAsLong();
    // 0.1 to 1 ms, as of a solid-state disk.
    long delay = 100_000 + random.nextLong(900_000);
    long slow = trouble.slow().toNanos();
    if (slow > 0) {
      count(0, 0, 0, 1, 0);
    }
    later.accept(delay + slow, () -> finish(name, file, upTo, asked, done));
  }

  private void finish(String name, SimFile file, long upTo, long asked, Consumer<Result> done) {
    if (trouble.stall()) {
      count(1, 0, 0, 0, 0);
      stalled.add(() -> finish(name, file, upTo, asked, done));
    } else if (trouble.full() && file.drop(upTo)) {
      count(0, 1, 0, 0, 0);
      done.accept(Result.FAILED);
    } else {
      file.flush(upTo);
      onSync.accept(name, asked);
      if (toSee > 0) {
        toSee--;
        count(0, 0, 0, 0, 1);
      }
      if (toFlip) {
        flip();
      }
      done.accept(Result.DURABLE);
    }
  }

  private void count(long stalls, long failures, long flips, long slows, long recoveries) {
    damage =
        new Damage(
            damage.stalled() + stalls,
            damage.failed() + failures,
            damage.flipped() + flips,
            damage.slowed() + slows,
            damage.recovered() + recoveries);
  }

  Damage damage() {
    return damage;
  }

  /** Sets what is wrong, absolutely. */
  void set(Trouble next) {
    boolean flips = next.corrupt() && !trouble.corrupt();
    if (!next.equals(trouble)) {
      toSee = next.equals(Trouble.NONE) ? SEEN : 0;
    }
    trouble = next;
    toFlip = flips || (toFlip && next.corrupt());
    if (flips) {
      flip();
    }
    if (!next.stall()) {
      List<Runnable> due = List.copyOf(stalled);
      stalled.clear();
      due.forEach(sync -> later.accept(0L, sync));
    }
  }

  /** One byte of what is on the device, as soon as there is one. */
  private void flip() {
    List<SimFile> some = files.values().stream().filter(f -> f.onDevice() > 0).toList();
    if (some.isEmpty()) {
      return;
    }
    toFlip = false;
    KeyedRandom draw = KeyedRandom.of(seed, "flip", node, Long.toString(damage.flipped()));
    SimFile file = some.get(draw.nextInt(some.size()));
    // A low bit: one digit becomes another, and no byte a zero.
    file.flip(draw.nextInt(file.onDevice()), draw.nextInt(4));
    count(0, 0, 1, 0, 0);
  }

  /** Whether a crash now could lose something. */
  boolean isDirty() {
    return files.values().stream().anyMatch(SimFile::isDirty);
  }

  /** Calls once at the next write; null for nobody. */
  void onWrite(@Nullable Runnable heard) {
    onWrite = heard;
  }

  /** What is drawn from here on is drawn anew. */
  void reseed(long salt) {
    seed ^= salt;
    random.reseed(salt);
  }

  /** The process ended in peace: the system writes what it has when it can. */
  void close() {
    files
        .values()
        .forEach(file -> {
          if (trouble.full()) {
            boolean unused = file.drop(file.written());
          } else {
            file.flush(file.written());
          }
        });
    long unused = crash(Unsynced.LOSE);
  }

  /**
   * The process died, and what was not synced may be gone.
   *
   * @return how many writes did not survive whole; of a lost disk, how many files
   */
  long crash(Unsynced how) {
    crashes++;
    stalled.clear();
    onWrite = null;
    if (how == Unsynced.WIPE) {
      int there = list().size();
      files.clear();
      return there;
    }
    long lost = 0;
    for (Map.Entry<String, SimFile> entry : files.entrySet()) {
      SimFile file = entry.getValue();
      KeyedRandom draw =
          KeyedRandom.of(seed, "crash", node, Long.toString(crashes), entry.getKey());
      lost += file.crash(how, draw);
    }
    return lost;
  }
}
