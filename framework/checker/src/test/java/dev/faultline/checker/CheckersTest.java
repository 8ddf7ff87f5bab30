package dev.faultline.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CheckersTest {
  /** Nobody can claim, expect or understand a property that the docs do not tell of. */
  @Test
  void everyPropertyIsInTheDocs() throws IOException {
    String docs = Files.readString(Path.of("..", "..", "docs", "checkers.md"));
    assertThat(Checkers.properties())
        .extracting(Property::id)
        .contains("linearizable", "fence.resource-order", "set.no-lost-add")
        .allMatch(id -> docs.contains("`" + id + "`") || docs.contains("## " + id + "\n"));
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
    assertThatThrownBy(() -> Checkers.create("linearizable", Map.of("model", "tower")))
        .hasMessageStartingWith(
            "checker linearizable.model: no model 'tower'; known: register, cas-register, mutex, ")
        .hasMessageContaining("queue");
    assertThatThrownBy(
            () -> Checkers.create("linearizable", Map.of("model", "queue", "capacity", 2L)))
        .hasMessageContaining("unknown 'capacity'");
    assertThatThrownBy(() -> Checkers.create("linearizable", Map.of()))
        .hasMessageContaining("no 'model'");
    assertThatThrownBy(() -> Checkers.create("lease.token-order", Map.of("ttl", 1L)))
        .hasMessageContaining("unknown 'ttl'");
    assertThatThrownBy(() -> Checkers.create("lease.minimum-term", Map.of("rateErrorPpm", -1L)))
        .hasMessageContaining("rateErrorPpm: -1, want 0 to 999,999");
    assertThatThrownBy(() -> Checkers.create("lease.token", Map.of()))
        .hasMessageContaining("known: bank.total, causal, counter.no-lost-update");
  }
}
