package dev.faultline.targets.grants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.harness.Client.Invocation;
import dev.faultline.harness.Client.Result;
import dev.faultline.node.Message;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class GrantsClientTest {
  private final GrantsClient client = new GrantsClient();

  private static Invocation op(String f, @Nullable Object value) {
    return new Invocation("c1", "h1", f, null, value);
  }

  private Result reply(String f, Message reply) {
    return client.reply(op(f, null), reply);
  }

  @Test
  void requestsCarryThePayload() {
    assertThat(client.request(op("write", "h1-7")).body())
        .isEqualTo(Map.of("type", "write", "payload", "h1-7"));
    assertThat(client.request(op("held?", null)).body()).isEqualTo(Map.of("type", "held"));
  }

  @Test
  void answersBecomeValues() {
    assertThat(reply("acquire", Message.of("acquire_ok", "token", 41L, "ttl", 1L)))
        .isEqualTo(new Result.Ok(Map.of("token", 41L, "ttl", 1L)));
    assertThat(reply("held?", Message.of("held_ok", "held", false)))
        .isEqualTo(new Result.Ok(Map.of("held", false)));
    assertThat(reply("read", Message.of("read_ok", "entries", List.of())))
        .isEqualTo(new Result.Ok(List.of()));
  }

  @Test
  void onlyADefiniteNoIsAFail() {
    assertThat(reply("write", Message.of("write").error(22, "fenced")))
        .isEqualTo(new Result.Fail("fenced"));
    assertThat(reply("write", Message.of("write").error(11, "busy")))
        .isInstanceOf(Result.Info.class);
    assertThat(reply("write", Message.of("what"))).isInstanceOf(Result.Info.class);
  }

  @Test
  void aHolderTrustsATermLessWhatTwoClocksCanDifferBy() {
    Settings settings = new Settings(Defect.NONE, 1_000_000_000, 50_000);
    // The slowest holder's clock and the fastest server's: both see the same instant.
    assertThat(settings.trusted() / 0.95).isLessThanOrEqualTo(1e9 / 1.05);
    assertThat(settings.trusted()).isGreaterThan(900_000_000);
  }
}
