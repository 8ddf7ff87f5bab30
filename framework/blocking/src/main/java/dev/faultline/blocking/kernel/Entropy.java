package dev.faultline.blocking.kernel;

import dev.faultline.blocking.Refusal;
import dev.faultline.node.KeyedRandom;
import java.lang.reflect.Field;
import java.security.Provider;
import java.security.SecureRandomSpi;
import java.security.Security;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Where the JDK has randomness of its own: begun again, from the seed, for each universe. */
final class Entropy {
  private static volatile KeyedRandom secure = KeyedRandom.of(0, "secure");

  private final AtomicLong random = counter(Random.class, "seedUniquifier");
  private final AtomicLong threadLocal = counter(ThreadLocalRandom.class, "seeder");
  private final AtomicLong splittable = counter(SplittableRandom.class, "defaultGen");
  private final Random math;

  Entropy() {
    try {
      math =
          (Random)
              field(
                      Class.forName("java.lang.Math$RandomNumberGeneratorHolder"),
                      "randomNumberGenerator")
                  .get(null);
    } catch (ReflectiveOperationException error) {
      throw unlike(error);
    }
    Security.insertProviderAt(new Seeded(), 1);
  }

  /** Of a new universe. */
  void begin(long seed) {
    secure = KeyedRandom.of(seed, "secure");
    random.set(KeyedRandom.at(seed, 0, "Random"));
    threadLocal.set(KeyedRandom.at(seed, 0, "ThreadLocalRandom"));
    splittable.set(KeyedRandom.at(seed, 0, "SplittableRandom"));
    math.setSeed(KeyedRandom.at(seed, 0, "Math.random"));
  }

  private static AtomicLong counter(Class<?> type, String name) {
    try {
      return (AtomicLong) field(type, name).get(null);
    } catch (ReflectiveOperationException | RuntimeException error) {
      throw unlike(error);
    }
  }

  private static Field field(Class<?> type, String name) throws NoSuchFieldException {
    Field field = type.getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }

  private static Refusal unlike(Throwable error) {
    return new Refusal("jdk: its random numbers cannot be begun again: " + error);
  }

  /** A provider whose one algorithm draws from the universe's seed. */
  private static final class Seeded extends Provider {
    private static final long serialVersionUID = 1L;

    Seeded() {
      super("Simulated", "1", "SecureRandom from a seed");
      put("SecureRandom.Simulated", Numbers.class.getName());
    }
  }

  /** Made by the JDK, by name. */
  public static final class Numbers extends SecureRandomSpi {
    private static final long serialVersionUID = 1L;

    /** Made by the JDK, by name. */
    public Numbers() {}

    @Override
    protected void engineSetSeed(byte[] seed) {}

    @Override
    protected void engineNextBytes(byte[] bytes) {
      secure.nextBytes(bytes);
    }

    @Override
    protected byte[] engineGenerateSeed(int count) {
      byte[] bytes = new byte[count];
      secure.nextBytes(bytes);
      return bytes;
    }
  }
}
