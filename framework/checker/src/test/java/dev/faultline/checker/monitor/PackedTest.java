package dev.faultline.checker.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class PackedTest {
  @Test
  void sortsByTimeAndLeavesTheRestAsItStands() {
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 300; round++) {
      int low = random.nextInt(30);
      int count = random.nextInt(2_000);
      long most = 1L << (1 + random.nextInt(62 - low));
      long[] keys = new long[count + 1];
      for (int i = 0; i < count; i++) {
        keys[i] = random.nextLong(most) << low | Math.min(i, (1 << low) - 1);
      }
      keys[count] = -1;
      long[] expected = keys.clone();
      Arrays.sort(expected, 0, count);
      Packed.sort(keys, count, low);
      assertThat(keys).as("round %d, %d of %d bits", round, count, low).isEqualTo(expected);
    }
  }
}
