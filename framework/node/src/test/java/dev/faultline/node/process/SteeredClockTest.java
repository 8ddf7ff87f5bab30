package dev.faultline.node.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.node.KeyedRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SteeredClockTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long EPOCH = 1_700_000_000L * SECOND;

  private long now = 5 * SECOND;
  private final SteeredClock clock = new SteeredClock(() -> now, () -> EPOCH + now);

  @Test
  void unsteeredItIsTheMachines() {
    now += SECOND;
    assertThat(clock.wall()).isEqualTo(EPOCH + now);
    assertThat(clock.monotonic()).isEqualTo(now);
  }

  @Test
  void anOffsetStepsTheWallClockAlone() {
    clock.steer(-2 * SECOND, 0, false);
    assertThat(clock.wall()).isEqualTo(EPOCH + now - 2 * SECOND);
    assertThat(clock.monotonic()).isEqualTo(now);
    clock.steer(0, 0, false);
    assertThat(clock.wall()).isEqualTo(EPOCH + now);
  }

  @Test
  void aRateGainsInBothFromTheMomentItWasSet() {
    clock.steer(0, 500_000, false);
    assertThat(clock.monotonic()).isEqualTo(now);
    now += 10 * SECOND;
    assertThat(clock.wall()).isEqualTo(EPOCH + now + 5 * SECOND);
    assertThat(clock.monotonic()).isEqualTo(now + 5 * SECOND);
  }

  @Test
  void healingStepsTheWallClockBackAndKeepsWhatMonotonicGained() {
    clock.steer(SECOND, 500_000, false);
    now += 10 * SECOND;
    clock.steer(0, 0, false);
    assertThat(clock.wall()).isEqualTo(EPOCH + now);
    assertThat(clock.monotonic()).isEqualTo(now + 5 * SECOND);
    now += SECOND;
    assertThat(clock.monotonic()).isEqualTo(now + 5 * SECOND);
  }

  @Test
  void frozenOnlyMonotonicTimeGoesOnAndInTheEndWallTimeJumps() {
    clock.steer(SECOND, 0, true);
    long stands = clock.wall();
    now += 10 * SECOND;
    clock.steer(3 * SECOND, 0, true);
    assertThat(clock.wall()).as("whatever else is wrong").isEqualTo(stands);
    assertThat(clock.monotonic()).isEqualTo(now);
    clock.steer(0, 0, false);
    assertThat(clock.wall()).isEqualTo(EPOCH + now);
    clock.standAt(7);
    assertThat(clock.wall()).isEqualTo(7);
  }

  @Test
  void aNewOffsetUnderTheSameRateKeepsTheGain() {
    clock.steer(0, -100_000, false);
    now += 10 * SECOND;
    clock.steer(3 * SECOND, -100_000, false);
    assertThat(clock.wall()).isEqualTo(EPOCH + now - SECOND + 3 * SECOND);
  }

  @Test
  void followedTimeIsSteeredToo() {
    clock.follow(EPOCH + SECOND / 2);
    assertThat(clock.wall()).isEqualTo(EPOCH + now + SECOND / 2);
    clock.steer(SECOND, 0, false);
    now += SECOND;
    assertThat(clock.wall()).isEqualTo(EPOCH + now + SECOND / 2 + SECOND);
  }

  @Test
  void howLongToWaitGoesByTheRate() {
    clock.steer(0, 1_000_000, false);
    assertThat(clock.trueNanosUntil(clock.monotonic() + 10)).isEqualTo(5);
    clock.steer(0, -500_000, false);
    assertThat(clock.trueNanosUntil(clock.monotonic() + 10)).isEqualTo(20);
    assertThat(clock.trueNanosUntil(clock.monotonic() - 1)).isZero();
  }

  @Test
  void aRateThatWouldStopIsRefused() {
    assertThatThrownBy(() -> clock.steer(0, -1_000_000, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1000000ppm", false);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void monotonicNeverStepsHoweverItIsSteered(long seed) {
    KeyedRandom random = KeyedRandom.of(seed, "steering");
    for (int i = 0; i < 500; i++) {
      long before = clock.monotonic();
      clock.steer(random.nextLong(-SECOND, SECOND), random.nextLong(-900_000, 4_000_001), false);
      assertThat(clock.monotonic()).as("seed %d, step %d: set", seed, i).isEqualTo(before);
      long passed = random.nextLong(0, 10 * SECOND);
      now += passed;
      assertThat(clock.monotonic() - before)
          .as("seed %d, step %d: passed", seed, i)
          .isBetween(passed / 10 - 1, passed * 5);
    }
  }
}
