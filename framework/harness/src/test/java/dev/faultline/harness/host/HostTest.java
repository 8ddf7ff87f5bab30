package dev.faultline.harness.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.harness.Client;
import dev.faultline.harness.Client.Result;
import dev.faultline.harness.Setup;
import dev.faultline.harness.warden.JvmCommand;
import dev.faultline.json.Json;
import dev.faultline.json.JsonView;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HostTest {
  private static final Duration WITHIN = Duration.ofSeconds(20);

  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final HostPort host =
      new HostPort(
          "c1",
          (node, incarnation, seq, name, facts) ->
              events.add(node + " " + incarnation + "/" + seq + " " + name));
  private Process process;

  @BeforeEach
  void start() throws IOException {
    process = launch(1);
  }

  @AfterEach
  void stop() throws InterruptedException {
    host.close();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  private Process launch(int incarnation) throws IOException {
    HostLaunch launch = launch(incarnation, freePort());
    Process started =
        JvmCommand.ofRun(
                "host-test", HostMain.class, 64, List.of(), List.of(Json.write(launch.toJson())))
            .inheritIO()
            .start();
    host.dial(launch.control(), WITHIN);
    return started;
  }

  private static HostLaunch launch(int incarnation, InetSocketAddress control) {
    Setup setup =
        new Setup("correct", "local", Map.of("o", "1"), 0, 0, 0, Duration.ofSeconds(1), 7);
    Map<String, InetSocketAddress> endpoints =
        Map.of("n1", InetSocketAddress.createUnresolved("127.0.0.1", 1));
    return new HostLaunch("toy", "toy", "c1", "n1", incarnation, setup, endpoints, control);
  }

  @Test
  void aLaunchComesBackFromItsJson() {
    HostLaunch launch = launch(3, new InetSocketAddress("127.0.0.1", 4711));

    HostLaunch back = HostLaunch.fromJson(JsonView.parse("launch", Json.write(launch.toJson())));

    assertThat(back.toJson()).isEqualTo(launch.toJson());
    assertThat(back.setup()).isEqualTo(launch.setup());
  }

  @Test
  void aHostReportsThatItStartedAndWhatItsClientSees() throws Exception {
    assertThat(invoke("report", null)).isEqualTo(new Result.Ok(null));
    assertThat(events.poll(5, TimeUnit.SECONDS)).isEqualTo("c1 1/1 started");
    assertThat(events.poll(5, TimeUnit.SECONDS)).isEqualTo("c1 1/2 granted");
  }

  @Test
  void aSessionCanBeOpenedBeforeTheFirstOperationThatThenUsesIt() throws Exception {
    assertThat(host.open(WITHIN)).isTrue();
    assertThat(host.open(WITHIN)).isTrue();
    assertThat(invoke("session", null)).isEqualTo(new Result.Ok(1L));
  }

  @Test
  void whereNoHostRunsNoSessionIsOpened() {
    host.close();
    assertThat(host.open(WITHIN)).isFalse();
  }

  @Test
  void resultsComeBackAsTheAdapterGaveThem() throws Exception {
    assertThat(invoke("echo", List.of(1L, "x"))).isEqualTo(new Result.Ok(List.of(1L, "x")));
    assertThat(invoke("refuse", null)).isEqualTo(new Result.Fail("asked to"));
    assertThat(invoke("unheard-of", null)).isInstanceOf(Result.Info.class);
  }

  @Test
  void reopeningLeavesAHangingOperationAndOpensAFreshSession() throws Exception {
    CompletableFuture<Result> hangs = ask("hang", null);
    host.reopen();

    assertThat(invoke("session", null)).isEqualTo(new Result.Ok(2L));
    assertThat(hangs.get(10, TimeUnit.SECONDS)).isInstanceOf(Result.Info.class);
  }

  @Test
  void anOperationInAKilledHostIsUnknownAndALaterOneFailed() throws Exception {
    CompletableFuture<Result> hangs = ask("hang", null);
    process.destroyForcibly();

    assertThat(hangs.get(10, TimeUnit.SECONDS)).isInstanceOf(Result.Info.class);
    assertThat(invoke("echo", 1L)).isInstanceOf(Result.Fail.class);

    process = launch(2);
    assertThat(invoke("echo", 2L)).isEqualTo(new Result.Ok(2L));
    assertThat(events).contains("c1 2/1 started");
  }

  @Test
  void theHostsClockIsThisMachines() throws Exception {
    var reading = host.readClock().get(10, TimeUnit.SECONDS);

    assertThat(Math.abs(reading.skewNanos())).isLessThan(reading.uncertaintyNanos() + 2_000_000);
  }

  @Test
  void diallingNobodyEndsWithTheAddress() throws IOException {
    InetSocketAddress nobody = freePort();
    HostPort other = new HostPort("c9", (node, incarnation, seq, name, facts) -> {});

    assertThatThrownBy(() -> other.dial(nobody, Duration.ofMillis(100)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("c9 at")
        .hasMessageContaining(String.valueOf(nobody.getPort()));
  }

  private Result invoke(String f, @Nullable Object value) throws Exception {
    return ask(f, value).get(20, TimeUnit.SECONDS);
  }

  private CompletableFuture<Result> ask(String f, @Nullable Object value) {
    CompletableFuture<Result> answer = new CompletableFuture<>();
    host.invoke(new Client.Invocation("c1", "n1", f, null, value), answer::complete);
    return answer;
  }

  private static InetSocketAddress freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return new InetSocketAddress(probe.getInetAddress(), probe.getLocalPort());
    }
  }
}
