package dev.faultline.harness.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.harness.Client;
import dev.faultline.harness.Client.Result;
import dev.faultline.harness.host.HostPort;
import dev.faultline.node.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DefiniteTest {
  private final List<String> told = new ArrayList<>();

  /** Declares one reason for {@code cas}, and none for others. */
  private static final class Declaring implements Client.Codec {
    @Override
    public Set<String> definite(String f) {
      return f.equals("cas") ? Set.of("mismatch") : Client.Codec.super.definite(f);
    }

    @Override
    public Message request(Invocation op) {
      return Message.of(op.f());
    }

    @Override
    public Result reply(Invocation op, Message reply) {
      return new Result.Ok(null);
    }
  }

  private Result judge(String f, String reason) {
    return new Definite(
            new Declaring(), (client, name, facts) -> told.add(client + " " + name + " " + facts))
        .judge("c1", f, new Result.Fail(reason));
  }

  @Test
  void aDeclaredReasonIsBelieved() {
    assertThat(judge("cas", "mismatch")).isEqualTo(new Result.Fail("mismatch"));
    assertThat(judge("cas", "mismatch: found 3")).isInstanceOf(Result.Fail.class);
    assertThat(told).isEmpty();
  }

  @Test
  void anyOtherIsUnknownAndTold() {
    assertThat(judge("cas", "time-out")).isEqualTo(new Result.Info("undeclared failure: time-out"));
    assertThat(judge("read", "mismatch")).isInstanceOf(Result.Info.class);
    assertThat(told)
        .containsExactly(
            "c1 undeclared {f=cas, reason=time-out}", "c1 undeclared {f=read, reason=mismatch}");
  }

  /** The harness itself knows when nothing was handed to a client. */
  @Test
  void whatNeverReachedAClientFailed() {
    assertThat(judge("read", HostPort.NOT_RUNNING)).isInstanceOf(Result.Fail.class);
    assertThat(told).isEmpty();
  }
}
