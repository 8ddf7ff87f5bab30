package dev.faultline.checker.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class NumbersTest {
  /** Dense and scattered whole numbers, great and negative ones, and texts, in turns. */
  @Test
  void equalValuesHaveTheNumberOfTheirFirstSight() {
    SplittableRandom random = new SplittableRandom(11);
    for (int round = 0; round < 200; round++) {
      Numbers numbers = new Numbers();
      Map<Object, Integer> expected = new HashMap<>();
      List<Long> spans = List.of(10L, 3_000L, 1L << 20, 1L << 40);
      for (int i = 0; i < 3_000; i++) {
        long n = random.nextLong(spans.get(random.nextInt(1 + round % spans.size())));
        Object value =
            switch (random.nextInt(12)) {
              case 0 -> -n;
              case 1 -> "text " + n;
              default -> n;
            };
        assertThat(numbers.find(value)).isEqualTo(expected.getOrDefault(value, -1));
        expected.putIfAbsent(value, expected.size());
        assertThat(numbers.of(value)).isEqualTo(expected.get(value));
      }
      assertThat(numbers.size()).isEqualTo(expected.size());
      new ArrayList<>(expected.keySet())
          .forEach(v -> assertThat(numbers.find(v)).isEqualTo(expected.get(v)));
    }
  }

  /** Each just as great as may still be looked up by itself; and the same in any order. */
  @Test
  void valuesThatKeepAheadOfTheirNumberCostNoMoreThanOthers() {
    Numbers numbers = new Numbers();
    for (int i = 0; i < 300_000; i++) {
      assertThat(numbers.of(4L * i + 3)).isEqualTo(i);
    }
    SplittableRandom random = new SplittableRandom(13);
    Numbers scattered = new Numbers();
    for (int i = 0; i < 300_000; i++) {
      long value = random.nextLong(1_200_000);
      int number = scattered.of(value);
      assertThat(scattered.value(number)).isEqualTo(value);
    }
    assertThat(numbers.find(4L * 200_000 + 3)).isEqualTo(200_000);
  }
}
