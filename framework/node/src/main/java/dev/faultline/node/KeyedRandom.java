package dev.faultline.node;

import java.util.random.RandomGenerator;

/**
 * Random numbers as a pure function of (seed, path, counter), so that taking or leaving out one
 * choice leaves all others as they were. The mixing is that of SplitMix64 (Steele, Lea and Flood,
 * OOPSLA 2014).
 */
public final class KeyedRandom implements RandomGenerator {
  /** The 64-bit hash of Fowler, Noll and Vo, variant 1a. */
  private static final long START = 0xcbf29ce484222325L;

  private static final long PRIME = 0x100000001b3L;

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

  /**
   * The stream whose path ends with a number: the same as with that number as a text.
   *
   * @param number not negative
   */
  public static KeyedRandom of(long seed, String first, String second, long number) {
    long hash = START;
    int digits = 1;
    long place = 1;
    for (long rest = number / 10; rest > 0; rest /= 10) {
      digits++;
      place *= 10;
    }
    for (; place > 0; place /= 10) {
      hash = (hash ^ ('0' + number / place % 10)) * PRIME;
    }
    return new KeyedRandom(step(step(step(mix(seed), first), second), hash, digits), 0);
  }

  private static long key(long seed, String... path) {
    long key = mix(seed);
    for (String step : path) {
      key = step(key, step);
    }
    return key;
  }

  private static long step(long key, String step) {
    long hash = START;
    for (int i = 0; i < step.length(); i++) {
      hash = (hash ^ step.charAt(i)) * PRIME;
    }
    return step(key, hash, step.length());
  }

  private static long step(long key, long hash, int length) {
    return mix(key ^ mix(hash + length));
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
