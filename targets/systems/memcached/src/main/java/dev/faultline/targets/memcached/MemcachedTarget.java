package dev.faultline.targets.memcached;

import dev.faultline.harness.Client;
import dev.faultline.harness.Deployment;
import dev.faultline.harness.Setup;
import dev.faultline.harness.servers.LineSocket;
import dev.faultline.harness.servers.Servers;
import dev.faultline.harness.servers.SystemTarget;
import dev.faultline.spec.Claim;
import dev.faultline.workloads.register.RegisterSession;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * memcached: servers that know nothing of each other, and clients that agree on who has which key.
 * Each command is atomic as long as its server lives; a server that is started again has nothing,
 * so nothing is claimed under kill.
 */
public final class MemcachedTarget extends SystemTarget {
  private static final int PORT = 11211;

  /**
   * {@code not sent}: no connection came about. {@code mismatch}: what was read is another number,
   * or the server answered {@code EXISTS}, {@code NOT_FOUND} or {@code NOT_STORED}, by which it
   * says that it did not store (memcached, doc/protocol.txt, storage commands).
   */
  private static final Map<String, Set<String>> REASONS =
      Map.of(
          "read", Set.of(LineSocket.NOT_SENT),
          "write", Set.of(LineSocket.NOT_SENT),
          "cas", Set.of(LineSocket.NOT_SENT, RegisterSession.MISMATCH));

  public MemcachedTarget() {
    super("memcached", "memcached 1.6, a cache in memory; each key on one server");
    for (String register : List.of("register", "cas-register")) {
      offers(register, setup -> Client.Blocking.inHarness(Registers::new).failing(REASONS));
    }
  }

  @Override
  public List<Option> options() {
    return List.of();
  }

  @Override
  public List<Claim> claims() {
    return List.of(
        claim(
            "linearizable",
            List.of("partition", "link", "pause"),
            Map.of(),
            "memcached, wiki, ProgrammingFAQ: all individual commands are absolutely atomic;"
                + " doc/protocol.txt, cas: stores only if nobody has since the value was fetched"),
        noCrash());
  }

  /** Out of memory is an error ({@code -M}), so that nothing is forgotten while a server lives. */
  @Override
  public Deployment deployment(Setup setup) {
    return Servers.of(setup, "m", 1, "faultline/memcached")
        .clients(PORT)
        .command(server -> List.of("memcached", "-u", "nobody", "-M", "-p", "" + PORT))
        .within(Duration.ofSeconds(30));
  }

  /** A server alone has nobody to give up or to wait for. */
  @Override
  public Timing timing(Setup setup) {
    return new Timing(Duration.ofSeconds(1), Duration.ofSeconds(15));
  }
}
