package dev.faultline.node;

import java.util.random.RandomGenerator;

/**
 * Random numbers as a pure function of (seed, path, counter), so that taking or leaving out one
 * choice leaves all others as they were. The mixing is that of SplitMix64 (Steele, Lea and Flood,
 * OOPSLA 2014).
 */
public final class KeyedRandom implements RandomGenerator {
  private long key;
  private long counter;

  private KeyedRandom(long key, long counter) {
    this.key = key;
    this.counter = counter;
  }

  /** The stream of a seed and a stable path, such as {@code ("nemesis", "f1")}. */
  public static KeyedRandom of(long seed, String... path) {
    return new KeyedRandom(key(seed, path), 0);
  }

  /** The single value at a counter of the stream of a seed and path. */
  public static long at(long seed, long counter, String... path) {
    return new KeyedRandom(key(seed, path), counter).nextLong();
  }

  /** From here on this stream is another one, which depends on what it was and on the salt. */
  public void reseed(long salt) {
    key = mix(key ^ mix(salt));
  }

  private static long key(long seed, String... path) {
    long key = mix(seed);
    for (String step : path) {
      long hash = 0xcbf29ce484222325L;
      for (int i = 0; i < step.length(); i++) {
        hash = (hash ^ step.charAt(i)) * 0x100000001b3L;
      }
      key = mix(key ^ mix(hash + step.length()));
    }
    return key;
  }

  @Override
  public long nextLong() {
    return mix(key + 0x9e3779b97f4a7c15L * ++counter);
  }

  private static long mix(long z) {
    long x = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    x = (x ^ (x >>> 27)) * 0x94d049bb133111ebL;
    return x ^ (x >>> 31);
  }
}
