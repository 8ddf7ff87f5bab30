package dev.faultline.node.process;

import dev.faultline.node.Disk;
import dev.faultline.node.KeyedRandom;
import dev.faultline.node.process.HeldFile.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * The real disk, which can be made to fail. As long as nothing is wrong every call goes straight
 * through. While the disk is full, or the process is to die with something unsynced, writes are
 * held back here until they are synced, so that they can be given up. For any thread.
 */
final class FaultyDisk implements Disk {
  /** How much longer a sync takes before a death that is to lose something. */
  private static final long ARMED_NANOS = 4_000_000;

  /** When that death comes at the latest, counted from a write, if syncs are not slow besides. */
  private static final long STRIKES_WITHIN_NANOS = 1_000_000;

  /** Of the syncs after trouble so many are counted. */
  private static final int SEEN = 3;

  private final FileDisk disk;
  private final KeyedRandom random;
  private final Consumer<Runnable> loop;
  private final Consumer<Damage> counted;
  private final Map<String, HeldFile> held = new TreeMap<>();
  private State state = State.HEALTHY;
  private boolean armed;
  private boolean toFlip;
  private Damage damage = new Damage(0, 0, 0, 0, 0);

  /** So many of the next syncs that succeed show that nothing is wrong any more. */
  private int toSee;

  /** What is wrong. */
  record State(boolean stall, boolean full, boolean corrupt, long slowNanos) {
    static final State HEALTHY = new State(false, false, false, 0);
  }

  /** Syncs held up, failed and slowed, bytes flipped; and syncs that succeeded afterwards. */
  record Damage(long stalled, long failed, long flipped, long slowed, long recovered) {}

  /**
   * @param random draws when it strikes and what it flips
   * @param loop runs callbacks later, on the node's thread
   * @param counted told whenever something more went wrong
   */
  FaultyDisk(FileDisk disk, KeyedRandom random, Consumer<Runnable> loop, Consumer<Damage> counted) {
    this.disk = disk;
    this.random = random;
    this.loop = loop;
    this.counted = counted;
  }

  /** Sets what is wrong, absolutely. */
  synchronized void set(State next) {
    boolean flips = next.corrupt && !state.corrupt;
    if (!next.equals(state)) {
      toSee = next.equals(State.HEALTHY) ? SEEN : 0;
    }
    state = next;
    toFlip = flips || (toFlip && next.corrupt);
    if (toFlip) {
      flip();
    }
    notifyAll();
  }

  /** Removes every file; returns how many there were. */
  synchronized int wipe() {
    List<String> files = disk.list();
    files.forEach(disk::delete);
    held.clear();
    return files.size();
  }

  /**
   * Ends soon after the node wrote something, while that is not synced; when nothing is written for
   * so long, anyway.
   *
   * @param torn all but the last write of each file is kept, and a part of that
   * @param die takes how many writes did not survive whole, and does not return
   */
  void strike(boolean torn, long withinNanos, LongConsumer die) {
    synchronized (this) {
      armed = true;
    }
    Threads.start("strike", () -> await(torn, System.nanoTime() + withinNanos, die));
  }

  private void await(boolean torn, long end, LongConsumer die) throws InterruptedException {
    while (true) {
      long soon;
      synchronized (this) {
        // Anywhere in the time that a sync takes: what an answer rests on may be lost.
        soon = random.nextLong(STRIKES_WITHIN_NANOS + state.slowNanos);
        for (long left = end - System.nanoTime(); pending() == 0 && left > 0; ) {
          wait(Math.max(1, left / 1_000_000));
          left = end - System.nanoTime();
        }
      }
      TimeUnit.NANOSECONDS.sleep(soon);
      synchronized (this) {
        if (pending() > 0 || System.nanoTime() >= end) {
          die.accept(torn ? tear() : pending());
          return;
        }
      }
    }
  }

  private long pending() {
    return held.values().stream().mapToLong(HeldFile::pending).sum();
  }

  private long tear() {
    long lost = 0;
    for (Map.Entry<String, HeldFile> entry : held.entrySet()) {
      HeldFile file = entry.getValue();
      if (file.pending() > 0) {
        flush(entry.getKey(), file, file.written() - 1);
        lost++;
        if (file.next(file.written()) instanceof Write.Part part && part.data().length > 1) {
          int kept = 1 + random.nextInt(part.data().length - 1);
          disk.put(entry.getKey(), part.offset(), java.util.Arrays.copyOf(part.data(), kept));
        }
      }
    }
    return lost;
  }

  private void flush(String name, HeldFile file, long upTo) {
    for (Write write = file.next(upTo); write != null; write = file.next(upTo)) {
      apply(name, write);
    }
  }

  private void apply(String name, Write write) {
    switch (write) {
      case Write.Part part -> disk.put(name, part.offset(), part.data());
      case Write.Whole whole -> {
        byte[] content = whole.data();
        if (content == null) {
          disk.delete(name);
        } else {
          disk.replace(name, content);
        }
      }
      case Write.Cut cut -> disk.truncate(name, cut.size());
    }
  }

  /** Whether a file's writes are held back, or were and what is shown is not what is there. */
  private boolean holds(String file) {
    return armed || state.full || held.containsKey(file);
  }

  private HeldFile file(String name) {
    return held.computeIfAbsent(name, n -> new HeldFile(disk.read(n), disk.list().contains(n)));
  }

  private void hold(String name, Write write) {
    file(name).put(write);
    notifyAll();
  }

  @Override
  public synchronized void append(String file, byte[] data) {
    if (holds(file)) {
      hold(file, new Write.Part(file(file).size(), data.clone()));
    } else {
      disk.append(file, data);
    }
  }

  @Override
  public synchronized void write(String file, long offset, byte[] data) {
    if (holds(file)) {
      within(file, "offset", offset);
      hold(file, new Write.Part(offset, data.clone()));
    } else {
      disk.write(file, offset, data);
    }
  }

  @Override
  public synchronized void replace(String file, byte[] data) {
    if (holds(file)) {
      hold(file, new Write.Whole(data.clone()));
    } else {
      disk.replace(file, data);
    }
  }

  @Override
  public synchronized byte[] read(String file) {
    HeldFile there = held.get(file);
    return there == null ? disk.read(file) : there.read();
  }

  @Override
  public synchronized void truncate(String file, long size) {
    if (holds(file)) {
      within(file, "size", size);
      hold(file, new Write.Cut(size));
    } else {
      disk.truncate(file, size);
    }
  }

  private void within(String file, String what, long value) {
    long size = file(file).size();
    if (value < 0 || value > size) {
      throw new IllegalArgumentException(
          "%s: %s %d is outside of the file, which has %d bytes"
              .formatted(file, what, value, size));
    }
  }

  @Override
  public synchronized List<String> list() {
    TreeSet<String> names = new TreeSet<>(disk.list());
    held.forEach((name, file) -> {
      if (file.exists()) {
        names.add(name);
      } else {
        names.remove(name);
      }
    });
    return new ArrayList<>(names);
  }

  @Override
  public synchronized void delete(String file) {
    if (holds(file)) {
      hold(file, new Write.Whole(null));
    } else {
      disk.delete(file);
    }
  }

  @Override
  public void sync(String file, Consumer<Result> done) {
    long upTo;
    long wait;
    synchronized (this) {
      if (!holds(file) && state.equals(State.HEALTHY) && !toFlip) {
        disk.sync(file, seen(done));
        return;
      }
      HeldFile there = held.get(file);
      upTo = there == null ? 0 : there.written();
      wait = state.slowNanos + (armed ? ARMED_NANOS : 0);
      if (state.slowNanos > 0) {
        count(new Damage(0, 0, 0, 1, 0));
      }
    }
    Threads.start("slow sync", () -> late(file, upTo, wait, done));
  }

  private void late(String file, long upTo, long wait, Consumer<Result> done)
      throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(wait);
    synchronized (this) {
      if (state.stall) {
        count(new Damage(1, 0, 0, 0, 0));
      }
      while (state.stall) {
        wait();
      }
      HeldFile there = held.get(file);
      if (there != null && state.full && drop(file, there, upTo)) {
        count(new Damage(0, 1, 0, 0, 0));
        loop.accept(() -> done.accept(Result.FAILED));
        return;
      }
      if (there != null) {
        flush(file, there, upTo);
      }
      disk.sync(file, seen(done));
      if (toFlip) {
        flip();
      }
    }
  }

  /** The same, counted if it is one of the first after trouble. */
  private Consumer<Result> seen(Consumer<Result> done) {
    if (toSee == 0) {
      return done;
    }
    toSee--;
    return result -> {
      if (result == Result.DURABLE) {
        synchronized (this) {
          count(new Damage(0, 0, 0, 0, 1));
        }
      }
      done.accept(result);
    };
  }

  /** Gives up what needs room; whether there was something. */
  private boolean drop(String name, HeldFile file, long upTo) {
    boolean any = false;
    for (Write write = file.next(upTo); write != null; write = file.next(upTo)) {
      boolean needsNone =
          write instanceof Write.Cut || (write instanceof Write.Whole w && w.data() == null);
      if (needsNone) {
        apply(name, write);
      }
      any |= !needsNone;
    }
    return any;
  }

  private void flip() {
    List<String> some = disk.list().stream().filter(f -> disk.read(f).length > 0).toList();
    if (!some.isEmpty()) {
      toFlip = false;
      String file = some.get(random.nextInt(some.size()));
      byte[] content = disk.read(file);
      int at = random.nextInt(content.length);
      // A low bit: one digit becomes another, and no byte a zero.
      content[at] ^= (byte) (1 << random.nextInt(4));
      disk.put(file, at, new byte[] {content[at]});
      count(new Damage(0, 0, 1, 0, 0));
    }
  }

  private void count(Damage more) {
    damage =
        new Damage(
            damage.stalled + more.stalled,
            damage.failed + more.failed,
            damage.flipped + more.flipped,
            damage.slowed + more.slowed,
            damage.recovered + more.recovered);
    counted.accept(damage);
  }
}
