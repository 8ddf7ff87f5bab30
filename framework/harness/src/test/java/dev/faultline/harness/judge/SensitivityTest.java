package dev.faultline.harness.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.history.History;
import dev.faultline.spec.CheckerSpec;
import dev.faultline.spec.Claim;
import dev.faultline.spec.FaultPlan;
import dev.faultline.spec.Minimums;
import dev.faultline.spec.RunSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a valid run would have shown of mistakes is measured, the same each time. */
final class SensitivityTest {
  private static String history(boolean read) {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= 20; i++) {
      text.append("%d p0@n1 invoke write key=x %d\n".formatted(i * 10, i));
      text.append("%d p0@n1 ok write key=x\n".formatted(i * 10 + 1));
      if (read || i == 20) {
        text.append("%d p0@n1 invoke read key=x\n".formatted(i * 10 + 2));
        text.append("%d p0@n1 ok read key=x %d\n".formatted(i * 10 + 3, i));
      }
    }
    return text + "900 harness event phase {\"name\":\"end\"}\n";
  }

  private static Judgement judge(String text, List<Claim> claims) {
    RunSpec run =
        new RunSpec(
                "test",
                "toy",
                "correct",
                "toy-work",
                "local",
                Map.of(),
                1,
                1,
                0,
                Duration.ofSeconds(1),
                7,
                FaultPlan.NONE,
                List.of(),
                List.of(
                    new CheckerSpec("linearizable", Map.of("model", "cas-register")),
                    CheckerSpec.of("node.no-crash")),
                claims,
                Map.of())
            .minimums(Minimums.STANDARD.pairs(0));
    History history = History.parse(text);
    return Sensitivity.of(run, history, Judge.judge(run, history, Duration.ofSeconds(5)));
  }

  @Test
  void aRunThatLooksFindsWhatOneThatDoesNotLookMisses() {
    List<Claim> claims = List.of(Claim.of("linearizable", "a test"));
    List<Sensitivity> looking = judge(history(true), claims).sensitivity();
    assertThat(looking).isEqualTo(judge(history(true), claims).sensitivity());
    assertThat(looking)
        .containsExactly(
            new Sensitivity("linearizable", "stale reads", 40, 40),
            new Sensitivity("linearizable", "lost writes", 40, 40));
    List<Sensitivity> blind = judge(history(false), claims).sensitivity();
    assertThat(blind.get(1).planted()).isEqualTo(40);
    assertThat(blind.get(1).caught()).isLessThan(10);
  }

  @Test
  void whatIsNotValidOrDoesNotCountIsNotMeasured() {
    assertThat(judge(history(true), List.of()).sensitivity()).isEmpty();
    String stale = history(true).replace("read key=x 9\n", "read key=x 3\n");
    Judgement judgement = judge(stale, List.of(Claim.of("linearizable", "a test")));
    assertThat(judgement.status()).isEqualTo(Judgement.Status.INVALID);
    assertThat(judgement.sensitivity()).isEmpty();
  }
}
