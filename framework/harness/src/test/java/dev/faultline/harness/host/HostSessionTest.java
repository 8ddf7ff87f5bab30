package dev.faultline.harness.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.harness.Client;
import dev.faultline.harness.Client.Result;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class HostSessionTest {
  /** What became of an operation whose session throws this. */
  private static Result carryOut(IOException thrown) throws Exception {
    Client.Session session =
        new Client.Session() {
          @Override
          public Result invoke(Client.Invocation op) throws IOException {
            throw thrown;
          }

          @Override
          public void close() {}
        };
    CompletableFuture<Result> result = new CompletableFuture<>();
    HostSession host = new HostSession("c1", () -> session);
    host.submit(new Client.Invocation("c1", "n1", "write", "x", 1L), result::complete);
    try {
      return result.get();
    } finally {
      host.giveUp();
    }
  }

  @Test
  void whatASessionThrowsIsUnknownUnlessItSaysThatNothingWasDone() throws Exception {
    assertThat(carryOut(new IOException("lost"))).isInstanceOf(Result.Info.class);
    assertThat(carryOut(new Client.UndoneException("not sent: nobody listens")))
        .isEqualTo(new Result.Fail("not sent: nobody listens"));
  }
}
