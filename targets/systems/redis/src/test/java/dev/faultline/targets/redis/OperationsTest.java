package dev.faultline.targets.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.harness.Client;
import dev.faultline.harness.Client.Context;
import dev.faultline.harness.Client.Invocation;
import dev.faultline.harness.Client.Result;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/** Whom clients ask, and what answers become. */
class OperationsTest {
  private static final Invocation ADD = new Invocation("c1", "r2", "add", "s1", 7L);
  private static final Invocation READ = new Invocation("c1", "r2", "read", "s1", null);

  private static final Map<String, String> NONE = Map.of();

  @Test
  void aLostAnswerIsUnknownAndTheCommandWasSentOnce() throws Exception {
    try (FakeRedis server = new FakeRedis(command -> FakeRedis.HANG_UP)) {
      assertThatThrownBy(() -> ask(Sets::new, ADD, Map.of("r2", server.address()), Map.of()))
          .isInstanceOf(JedisConnectionException.class);
      assertThat(server.asked).containsExactly("SADD s1 7");
    }
  }

  @Test
  void whereNobodyListensNothingWasSent() throws Exception {
    // Bound and not listening, so that nobody else can listen there meanwhile.
    try (Socket nobody = new Socket()) {
      nobody.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      InetSocketAddress address = (InetSocketAddress) nobody.getLocalSocketAddress();
      assertThat(ask(Sets::new, ADD, Map.of("r2", address), Map.of()))
          .isInstanceOf(Result.Fail.class);
    }
  }

  @Test
  void aRefusalHasFailedAndAnotherErrorIsUnknown() throws Exception {
    try (FakeRedis replica = new FakeRedis(command -> "-READONLY you can't write\r\n");
        FakeRedis broken = new FakeRedis(command -> "-ERR something\r\n")) {
      assertThat(ask(Sets::new, ADD, Map.of("r2", replica.address()), Map.of()))
          .isEqualTo(new Result.Fail("READONLY you can't write"));
      assertThatThrownBy(() -> ask(Sets::new, ADD, Map.of("r2", broken.address()), Map.of()))
          .isInstanceOf(JedisDataException.class);
    }
  }

  /** They come after the write, which stands whatever they say. */
  @Test
  void aRefusalAfterTheWriteIsNoFailure() throws Exception {
    try (FakeRedis demoted =
        new FakeRedis(c -> c.startsWith("WAIT") ? "-LOADING the dataset\r\n" : ":1\r\n")) {
      assertThat(ask(Sets::new, ADD, Map.of("r2", demoted.address()), Map.of("wait", "1")))
          .isEqualTo(new Result.Info("written, not waited for: LOADING the dataset"));
    }
    Client.Opener counter = LockedCounter::new;
    try (FakeRedis demoted =
        new FakeRedis(c ->
            c.startsWith("EVAL")
                ? "-READONLY now\r\n"
                : c.startsWith("GET") ? "$-1\r\n" : "+OK\r\n")) {
      assertThat(ask(counter, of("increment"), Map.of("r2", demoted.address()), NONE))
          .isEqualTo(new Result.Ok(Map.of("from", 0L, "to", 1L)));
      assertThat(demoted.asked).contains("SET counter 1");
    }
  }

  @Test
  void aWriteThatTooFewReplicasHaveIsUnknown() throws Exception {
    try (FakeRedis server = new FakeRedis(command -> ":1\r\n")) {
      Map<String, InetSocketAddress> alone = Map.of("r2", server.address());
      assertThat(ask(Sets::new, ADD, alone, Map.of("wait", "1"))).isEqualTo(new Result.Ok(null));
      assertThat(ask(Sets::new, ADD, alone, Map.of("wait", "2")))
          .isEqualTo(new Result.Info("1 of 2 replicas have it"));
    }
  }

  @Test
  void aClientAsksTheMasterThatItsOwnSentinelNames() throws Exception {
    String master = "*2\r\n" + FakeRedis.bulk("r1") + FakeRedis.bulk("6381");
    try (FakeRedis first = new FakeRedis(command -> ":1\r\n");
        FakeRedis second = new FakeRedis(command -> ":1\r\n");
        FakeRedis sentinel = new FakeRedis(command -> master)) {
      Map<String, InetSocketAddress> all =
          Map.of(
              "r1", first.address(),
              "r2", second.address(),
              "s1", second.address(),
              "s2", sentinel.address());
      assertThat(ask(Sets::new, ADD, all, Map.of())).isEqualTo(new Result.Ok(null));
      assertThat(ask(Sets::new, ADD, all, Map.of("follow", "pinned")))
          .isEqualTo(new Result.Ok(null));
      assertThat(sentinel.asked).containsExactly("SENTINEL GET-MASTER-ADDR-BY-NAME main");
      assertThat(first.asked).containsExactly("SADD s1 7");
      assertThat(second.asked).containsExactly("SADD s1 7");
    }
  }

  /** Else what an old master keeps, or a late replica has not yet, would be taken for the truth. */
  @Test
  void aSetIsReadOnlyWhereThereIsOnePrimaryWithAllReplicasInSync() throws Exception {
    String primary = "role:master\r\nmaster_repl_offset:100\r\n";
    String replica = "role:slave\r\nmaster_host:r1\r\nmaster_link_status:up\r\nslave_repl_offset:";
    assertThat(read(primary, replica + "100\r\n")).isEqualTo(new Result.Ok(List.of(3L, 7L)));
    assertThat(read(primary, replica + "99\r\n"))
        .isEqualTo(new Result.Fail("not settled: r2 is behind r1"));
    assertThat(read(primary, (replica + "100\r\n").replace("up", "down")))
        .isInstanceOf(Result.Fail.class);
    assertThat(read(primary, primary))
        .isEqualTo(new Result.Fail("not settled: primaries are [r1, r2]"));
  }

  private static Result read(String firstInfo, String secondInfo) throws Exception {
    String members = "*2\r\n" + FakeRedis.bulk("7") + FakeRedis.bulk("3");
    try (FakeRedis first =
            new FakeRedis(c -> c.startsWith("INFO") ? FakeRedis.bulk(firstInfo) : members);
        FakeRedis second = new FakeRedis(c -> FakeRedis.bulk(secondInfo))) {
      return ask(
          Sets::new,
          READ,
          new java.util.TreeMap<>(Map.of("r1", first.address(), "r2", second.address())),
          Map.of());
    }
  }

  @Test
  void aRegisterComparesInOneStepAndAMismatchHasFailed() throws Exception {
    Invocation cas = new Invocation("c1", "r1", "cas", "x1", Arrays.asList(null, 2L));
    try (FakeRedis equal = new FakeRedis(command -> ":1\r\n");
        FakeRedis other = new FakeRedis(command -> ":0\r\n")) {
      assertThat(ask(Registers::new, cas, Map.of("r1", equal.address()), Map.of()))
          .isEqualTo(new Result.Ok(null));
      assertThat(equal.asked).singleElement().asString().endsWith("1 x1 null 2");
      assertThat(ask(Registers::new, cas, Map.of("r1", other.address()), Map.of()))
          .isEqualTo(new Result.Fail("mismatch"));
    }
  }

  @Test
  void anIdIsAnAnswerAndAnEmptyQueueIsNull() throws Exception {
    try (FakeRedis server = new FakeRedis(c -> c.startsWith("RPOP") ? "$-1\r\n" : ":7\r\n")) {
      Map<String, InetSocketAddress> alone = Map.of("r2", server.address());
      assertThat(ask(Counters::new, of("generate"), alone, NONE)).isEqualTo(new Result.Ok(7L));
      assertThat(ask(Queues::new, of("dequeue"), alone, NONE)).isEqualTo(new Result.Ok(null));
      assertThat(server.asked).containsExactly("INCR ids", "RPOP l1");
    }
  }

  @Test
  void aLockIsLostWithItsToken() throws Exception {
    Client.Opener locks = Locks::new;
    try (FakeRedis free = new FakeRedis(c -> c.startsWith("SET") ? "+OK\r\n" : ":0\r\n");
        FakeRedis taken = new FakeRedis(c -> "$-1\r\n")) {
      try (Client.Session session = locks.open(context(ADD, Map.of("r2", free.address()), NONE))) {
        assertThat(session.invoke(of("held?"))).isEqualTo(new Result.Ok(Map.of("held", false)));
        assertThat(session.invoke(of("acquire"))).isEqualTo(new Result.Ok(null));
        assertThat(session.invoke(of("held?"))).isEqualTo(new Result.Ok(Map.of("held", true)));
        assertThat(session.invoke(of("release"))).isEqualTo(new Result.Fail("not held"));
        assertThat(session.invoke(of("held?"))).isEqualTo(new Result.Ok(Map.of("held", false)));
      }
      assertThat(ask(locks, of("acquire"), Map.of("r2", taken.address()), NONE))
          .isEqualTo(new Result.Fail("another has it"));
    }
  }

  private static Invocation of(String f) {
    return new Invocation("c1", "r2", f, "l1", null);
  }

  private static Result ask(
      Client.Opener client,
      Invocation op,
      Map<String, InetSocketAddress> endpoints,
      Map<String, String> options)
      throws Exception {
    try (Client.Session session = client.open(context(op, endpoints, options))) {
      return session.invoke(op);
    }
  }

  private static Context context(
      Invocation op, Map<String, InetSocketAddress> endpoints, Map<String, String> options) {
    return new Context(op.client(), op.node(), endpoints, options, (name, facts) -> {});
  }
}
