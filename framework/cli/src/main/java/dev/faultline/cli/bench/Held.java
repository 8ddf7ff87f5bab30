package dev.faultline.cli.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;

/** What a check holds in memory at its most: what is alive after collections in the midst of it. */
final class Held {
  private static final List<MemoryPoolMXBean> POOLS =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .toList();

  private Held() {}

  /** Bytes more than before it, over so many nanoseconds of repeating it. */
  static long most(Runnable check, long spend) {
    long before = Math.min(collect(), collect());
    long end = System.nanoTime() + spend;
    Thread worker =
        Thread.ofPlatform()
            .daemon()
            .name("held")
            .start(() -> {
              while (System.nanoTime() < end) {
                check.run();
              }
            });
    long most = before;
    while (worker.isAlive()) {
      most = Math.max(most, collect());
    }
    return most - before;
  }

  private static long collect() {
    System.gc();
    long alive = 0;
    for (MemoryPoolMXBean pool : POOLS) {
      // What has come since then does not count.
      alive += pool.getCollectionUsage() == null ? 0 : pool.getCollectionUsage().getUsed();
    }
    return alive;
  }
}
