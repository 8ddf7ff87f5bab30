package dev.faultline.targets.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.harness.Client;
import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.Setup;
import dev.faultline.harness.run.Experiment;
import dev.faultline.harness.run.Request;
import dev.faultline.spec.FaultPlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How runs of Redis are planned; starts nothing. */
final class RedisTargetTest {
  @Test
  void theMixForOneServerHasNoFaultsBetweenNodes() {
    for (long seed = 1; seed <= 20; seed++) {
      FaultPlan plan = Experiment.plan(request(null, seed)).plan();
      assertThat(plan.faults()).isNotEmpty();
      assertThat(plan.kinds()).isSubsetOf("pause", "kill");
    }
    assertThatThrownBy(() -> Experiment.plan(request(List.of("partition"), 1)))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("cannot do that on this target; it can do: clock");
  }

  @Test
  void aSelectorIsOfferedOnlyWhereItsEventIsSeen() {
    RedisTarget redis = new RedisTarget();
    assertThat(redis.selectors("register")).containsOnlyKeys("$master");
    assertThat(redis.selectors("set")).containsOnlyKeys("$master");
    assertThat(redis.selectors("lock")).containsOnlyKeys("$master", "$holder");
    assertThat(redis.selectors("locked-counter")).containsOnlyKeys("$master", "$holder");
  }

  @Test
  void whatAnOperationMayFailForIsDeclaredForEachFunction() {
    RedisTarget redis = new RedisTarget();
    Setup setup =
        new Setup(
            "correct",
            "containers",
            Map.of("lock-ttl", "10s", "work", "150ms"),
            0,
            0,
            0,
            Duration.ofSeconds(1),
            1);
    for (String offered : redis.interfaces()) {
      Client client = redis.client(offered, setup);
      assertThat(client.definite("read")).contains("READONLY ", "not settled: ");
      assertThat(client.definite("add"))
          .contains("NOAUTH ", "not sent: ")
          .doesNotContain("mismatch");
      assertThat(client.definite("cas")).contains("mismatch");
      assertThat(client.definite("held?")).isEmpty();
    }
  }

  private static Request request(@Nullable List<String> faults, long seed) {
    return new Request(
        "redis",
        "register",
        "containers",
        faults,
        null,
        List.of(),
        Map.of("topology", "single"),
        Duration.ofSeconds(8),
        seed,
        0,
        0,
        0);
  }
}
