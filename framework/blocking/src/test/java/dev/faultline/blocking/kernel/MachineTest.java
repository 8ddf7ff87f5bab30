package dev.faultline.blocking.kernel;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.blocking.Refusal;
import org.junit.jupiter.api.Test;

/** What a JVM that was not prepared is told. */
class MachineTest {
  @Test
  void withoutTheAgentItIsRefused() {
    Watchdog watchdog = new Watchdog(Long.MAX_VALUE, why -> {});

    assertThatThrownBy(() -> new Machine(watchdog))
        .isInstanceOf(Refusal.class)
        .hasMessage("agent: it does not work in this JVM: not loaded");
  }

  @Test
  void aJdkThatIsNotOpenIsRefused() {
    assertThatThrownBy(Jdk::find)
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith("jdk: " + Runtime.version() + " is not like JDK 25 inside");
  }
}
