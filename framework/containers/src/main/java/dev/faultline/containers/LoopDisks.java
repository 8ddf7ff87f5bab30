package dev.faultline.containers;

import dev.faultline.harness.Cluster.Damage;
import dev.faultline.harness.Deployment.Image;
import dev.faultline.harness.EnvironmentException;
import dev.faultline.spec.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The nodes' disks that are file systems of their own, and what is wrong with each. What they did
 * wrong is what they did to a small writer in the node's container, beside the node.
 */
final class LoopDisks implements AutoCloseable {
  private static final long STALLED_MILLIS = 300;
  private static final Duration BREATH = Duration.ofMillis(20);
  private static final int TRIES = 10;

  private final Path directory;
  private final Map<String, Held> disks = new ConcurrentHashMap<>();

  LoopDisks(Path directory) {
    this.directory = directory;
  }

  private static final class Held {
    final LoopDisk disk;
    final String file;
    Trouble trouble = Trouble.NONE;
    Damage damage = Damage.NONE;
    @Nullable Thread slowing;
    CountDownLatch over = new CountDownLatch(1);

    Held(LoopDisk disk, String file) {
      this.disk = disk;
      this.file = file;
    }

    synchronized void add(long stalled, long failed, long slowed, long recovered) {
      damage =
          new Damage(
              damage.stalled() + stalled,
              damage.failed() + failed,
              damage.flipped(),
              damage.slowed() + slowed,
              damage.recovered() + recovered);
    }
  }

  /** Puts a node's state on a disk of its own, if it is to be, before its container is started. */
  void install(String node, Image image, Box box, String runId) {
    if (!image.ownDisk()) {
      return;
    }
    try {
      Path own = Files.createDirectories(directory.resolve(node));
      LoopLeftovers.mark(directory, runId);
      LoopDisk disk = LoopDisk.make(own);
      disks.put(node, new Held(disk, image.data() + "/.faultline-writer"));
      box.sharing(Map.of(disk.mounted(), image.data()));
    } catch (IOException e) {
      throw new EnvironmentException("containers: " + directory + ": " + e.getMessage(), e);
    }
  }

  boolean has(String node) {
    return disks.containsKey(node);
  }

  Damage damage(String node) {
    Held held = held(node);
    synchronized (held) {
      return held.damage;
    }
  }

  /** Sets what is wrong, absolutely; healthy only when a writer has got through. */
  void set(String node, Trouble trouble, Member member) {
    Held held = held(node);
    synchronized (held) {
      stopSlowing(held);
      if (!trouble.stall()) {
        held.disk.thaw();
      }
      if (trouble.full() != held.trouble.full()) {
        fill(held, trouble.full());
      }
      held.trouble = trouble;
    }
    if (trouble.full()) {
      watch(() -> count(held, write(held, member)));
    }
    if (trouble.stall()) {
      held.disk.freeze();
      CompletableFuture<Engine.Said> writing =
          CompletableFuture.supplyAsync(() -> write(held, member), Engine.THREADS);
      watch(() -> {
        TimeUnit.MILLISECONDS.sleep(STALLED_MILLIS);
        held.add(writing.isDone() ? 0 : 1, 0, 0, 0);
      });
    } else if (!trouble.slow().isZero()) {
      slow(held, trouble.slow(), member);
    }
    if (trouble.equals(Trouble.NONE)) {
      Engine.Said said = write(held, member);
      if (said.exit() != 0) {
        throw new EnvironmentException(
            "containers: " + node + ": its disk is not healthy again: " + said.out().strip());
      }
      held.add(0, 0, 0, 1);
    }
  }

  private static void fill(Held held, boolean full) {
    if (full) {
      held.disk.fill();
    } else {
      held.disk.empty();
    }
  }

  private interface Watching {
    void run() throws InterruptedException;
  }

  /** What comes of it is in the damage; that nothing came of it is told by that as well. */
  private static void watch(Watching watching) {
    Engine.THREADS.execute(() -> {
      try {
        watching.run();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException noWriter) {
        // The container does not run now.
      }
    });
  }

  private static void count(Held held, Engine.Said said) {
    held.add(0, said.exit() != 0 && said.out().contains("No space") ? 1 : 0, 0, 0);
  }

  /** Writers mostly come while it is frozen, and wait for the rest of that. */
  private static void slow(Held held, Duration by, Member member) {
    CountDownLatch over = new CountDownLatch(1);
    Thread slowing =
        Thread.ofPlatform()
            .daemon()
            .name("slow disk")
            .start(() -> {
              try {
                // Never interrupted: it would not be known whether the disk is frozen.
                do {
                  held.disk.freeze();
                } while (!thawedAfter(held, by, over));
              } catch (InterruptedException e) {
                held.disk.thaw();
              }
            });
    synchronized (held) {
      held.slowing = slowing;
      held.over = over;
    }
    watch(() -> {
      for (int i = 0; i < TRIES && slowing.isAlive(); i++) {
        Engine.Said said = write(held, member);
        String took = said.out().strip();
        if (said.exit() == 0
            && took.matches("\\d{1,18}")
            && Long.parseLong(took) >= by.toNanos() / 2) {
          held.add(0, 0, 1, 0);
          return;
        }
      }
    });
  }

  /** Whether that was the last time. */
  private static boolean thawedAfter(Held held, Duration by, CountDownLatch over)
      throws InterruptedException {
    boolean last = over.await(by.toNanos(), TimeUnit.NANOSECONDS);
    held.disk.thaw();
    return last || over.await(BREATH.toNanos(), TimeUnit.NANOSECONDS);
  }

  private static void stopSlowing(Held held) {
    Thread slowing = held.slowing;
    held.slowing = null;
    if (slowing != null) {
      held.over.countDown();
      try {
        slowing.join(Duration.ofSeconds(10));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Says how many nanoseconds it took, or what failed. */
  private static Engine.Said write(Held held, Member member) {
    return member.execute(
        "sh",
        "-c",
        "s=$(date +%s%N); head -c 65536 /dev/zero > F && sync F; r=$?; e=$(date +%s%N); rm -f F; echo $((e - s)); exit $r"
            .replace("F", held.file));
  }

  private Held held(String node) {
    Held held = disks.get(node);
    if (held == null) {
      throw new EnvironmentException(node + " has no disk of its own");
    }
    return held;
  }

  /** So that who waits for them can end. */
  void thaw() {
    disks
        .values()
        .forEach(held -> {
          synchronized (held) {
            stopSlowing(held);
            held.disk.thaw();
          }
        });
  }

  @Override
  public void close() {
    disks.values().forEach(held -> held.disk.close());
  }
}
