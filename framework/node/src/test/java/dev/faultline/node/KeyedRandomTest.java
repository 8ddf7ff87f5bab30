package dev.faultline.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyedRandomTest {
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 9, 10, 99, 100, 12_345_678_901L, Long.MAX_VALUE})
  void aNumberAtTheEndOfAPathIsTheSameAsItsText(long number) {
    assertThat(KeyedRandom.of(7, "generator", "pace", number).nextLong())
        .isEqualTo(KeyedRandom.of(7, "generator", "pace", Long.toString(number)).nextLong());
  }

  @Test
  void pathsDifferByWhereTheirStepsEnd() {
    assertThat(KeyedRandom.of(7, "ab", "c").nextLong())
        .isNotEqualTo(KeyedRandom.of(7, "a", "bc").nextLong());
  }
}
