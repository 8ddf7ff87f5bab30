package dev.faultline.harness.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.node.KeyedRandom;
import java.util.stream.LongStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class DistinctTest {
  private static Distinct of(LongStream which) {
    Distinct distinct = new Distinct();
    which.forEach(i -> distinct.add(KeyedRandom.at(1, i, "hash")));
    return distinct;
  }

  @Test
  void fewAreCountedExactlyHoweverOftenTheyCome() {
    Distinct twice = of(LongStream.range(0, 2_000).map(i -> i % 1_000));
    assertThat(twice.count()).isEqualTo(1_000);
    assertThat(twice.isExact()).isTrue();
    assertThat(twice).isEqualTo(of(LongStream.range(0, 1_000)));
    assertThat(twice).isNotEqualTo(of(LongStream.range(0, 1_001)));
    assertThat(new Distinct().isEmpty()).isTrue();
    Distinct zero = new Distinct();
    zero.add(0);
    assertThat(zero.count()).isEqualTo(1);
  }

  @Test
  void manyAreEstimatedAndTheOrderDoesNotMatter() {
    int many = 300_000;
    Distinct up = of(LongStream.range(0, many));
    Distinct down = of(LongStream.range(0, many).map(i -> many - 1 - i));
    assertThat(up.isExact()).isFalse();
    assertThat(up.count()).isCloseTo(many, Percentage.withPercentage(2));
    assertThat(down).isEqualTo(up).hasSameHashCodeAs(up);
    assertThat(up.smallest().length).isLessThan(40_000);
  }

  @Test
  void partsAddUpToTheWhole() {
    Distinct whole = of(LongStream.range(0, 100_000));
    Distinct sum = of(LongStream.range(0, 60_000)).copy();
    sum.addAll(of(LongStream.range(40_000, 100_000)));
    assertThat(sum).isEqualTo(whole);
    assertThat(sum.count()).isEqualTo(whole.count());
  }
}
