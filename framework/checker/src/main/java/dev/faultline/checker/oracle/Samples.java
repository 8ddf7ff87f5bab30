package dev.faultline.checker.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Made-up histories of one object, half of them bad. Number n of a seed is always the same. */
final class Samples {
  private static final long STEP = 0x9E3779B97F4A7C15L;
  private static final int MOST = 8;
  private static final int TRIES = 12;

  /** Moments that fall together in a history whose times are coarse. */
  private static final long COARSE = 25;

  private final Toy toy;
  private final long seed;

  /**
   * Those of an object.
   *
   * @param which a number of its own for each object
   */
  Samples(Toy toy, long seed, int which) {
    this.toy = toy;
    this.seed = mix(seed, which);
  }

  /** One of them; {@code spoilt}: changed after it was played. */
  record Sample(List<Row> rows, Oracle.Decision decision, boolean spoilt) {}

  static long mix(long seed, long n) {
    return new SplittableRandom(seed * STEP + n).nextLong();
  }

  Sample sample(long n) {
    SplittableRandom random = new SplittableRandom(mix(seed, n));
    List<Row> rows = new ArrayList<>(new Play(toy, random, MOST - 1).rows());
    boolean meeting = random.nextInt(4) == 0;
    if (meeting) {
      // It may also make other owners.
      coarse(rows);
    }
    Sample sample = new Sample(rows, decide(rows), meeting);
    boolean bad = random.nextBoolean();
    int tries = bad ? TRIES : random.nextInt(2);
    for (int i = 0; i < tries && (!bad || sample.decision() == Oracle.Decision.ORDERED); i++) {
      List<Row> changed = spoil(sample.rows(), random);
      sample = new Sample(changed, decide(changed), true);
    }
    return sample;
  }

  Oracle.Decision decide(List<Row> rows) {
    return Oracle.decide(toy, Row.operations(rows));
  }

  /** A copy with one change. */
  static List<Row> spoil(List<Row> rows, RandomGenerator random) {
    List<Row> changed = new ArrayList<>(rows.size() + 1);
    rows.forEach(row -> changed.add(row.copy()));
    Mutation.apply(changed, random);
    return changed;
  }

  private static void coarse(List<Row> rows) {
    for (Row row : rows) {
      row.invoked /= COARSE;
      row.returned = row.returned == Row.NEVER ? Row.NEVER : row.returned / COARSE;
    }
    Mutation.tidy(rows);
  }
}
