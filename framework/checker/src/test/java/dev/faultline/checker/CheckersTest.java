package dev.faultline.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class CheckersTest {
  @Test
  void everyPropertyIsRegistered() {
    assertThat(Checkers.properties())
        .extracting(Property::id)
        .containsExactly(
            "counter.no-lost-update",
            "fence.resource-order",
            "leader.no-overlapping-belief",
            "leader.one-per-term",
            "lease.belief-exclusive",
            "lease.minimum-term",
            "lease.one-holder-per-token",
            "lease.token-order",
            "linearizable",
            "live.progress",
            "lock.exclusive",
            "log.no-divergent-commit",
            "node.no-crash",
            "set.linearizable",
            "set.no-lost-add",
            "set.no-phantom");
  }

  @Test
  void everyCheckerDecidesItsOwnProperty() {
    for (Property property : Checkers.properties()) {
      Map<String, Object> params =
          property.id().equals("linearizable") ? Map.of("model", "register") : Map.of();
      assertThat(Checkers.create(property.id(), params).property()).isEqualTo(property);
    }
  }

  @Test
  void wrongParametersAreNamedWithWhatIsKnown() {
    assertThatThrownBy(() -> Checkers.create("linearizable", Map.of("model", "queue")))
        .hasMessage(
            "checker linearizable.model: no model 'queue'; known: register, cas-register, mutex");
    assertThatThrownBy(() -> Checkers.create("linearizable", Map.of()))
        .hasMessageContaining("no 'model'");
    assertThatThrownBy(() -> Checkers.create("lease.token-order", Map.of("ttl", 1L)))
        .hasMessageContaining("unknown 'ttl'");
    assertThatThrownBy(() -> Checkers.create("lease.minimum-term", Map.of("rateErrorPpm", -1L)))
        .hasMessageContaining("rateErrorPpm: -1, want 0 to 999,999");
    assertThatThrownBy(() -> Checkers.create("lease.token", Map.of()))
        .hasMessageContaining("known: counter.no-lost-update");
  }
}
