package dev.faultline.targets.redis;

import dev.faultline.harness.Client;
import dev.faultline.harness.Deployment;
import dev.faultline.harness.Setup;
import dev.faultline.harness.servers.SystemTarget;
import dev.faultline.spec.Claim;
import dev.faultline.workloads.register.RegisterSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Redis, one server or three with three sentinels. One server that syncs each write keeps what it
 * acknowledged; a failover keeps what the new master happened to have, so that nothing is claimed
 * of it but that nobody crashes.
 */
public final class RedisTarget extends SystemTarget {
  private static final String HOLDER = "$holder";
  private static final List<String> OF_DATA =
      List.of(
          "linearizable",
          "set.no-lost-add",
          "set.no-phantom",
          "set.linearizable",
          "counter.within-bounds",
          "ids.unique",
          "queue.no-lost",
          "queue.no-phantom",
          "queue.no-duplicate",
          "queue.fifo",
          "queue.no-false-empty");

  public RedisTarget() {
    super(
        "redis",
        "Redis 7.0, a key-value store in memory, alone or under Sentinel",
        "Leader and Followers",
        "Lease",
        "Replicated Log");
    selects("$master", "master");
    offers("register", setup -> failing(Client.Blocking.inHarness(Registers::new)));
    offers("cas-register", setup -> failing(Client.Blocking.inHarness(Registers::new)));
    offers("set", setup -> failing(Client.Blocking.inHarness(Sets::new)));
    offers("counter", setup -> failing(Client.Blocking.inHarness(Counters::new)));
    offers("unique-ids", setup -> failing(Client.Blocking.inHarness(Counters::new)));
    offers("queue", setup -> failing(Client.Blocking.inHarness(Queues::new)));
    // In hosts, so that a holder can be paused.
    offers("lock", HOLDER, Lock.HOLDING, setup -> failing(Client.Blocking.inHosts(Locks::new)));
    offers(
        "locked-counter",
        HOLDER,
        Lock.HOLDING,
        setup -> failing(Client.Blocking.inHosts(LockedCounter::new)));
  }

  private static Client failing(Client.Blocking client) {
    Map<String, Set<String>> reasons = new TreeMap<>();
    for (String f : List.of("write", "add", "generate", "enqueue", "dequeue")) {
      reasons.put(f, Operations.failures());
    }
    reasons.put("read", Operations.failures(Operations.NOT_SETTLED));
    // The script compared, and wrote nothing; a script is one step (redis.io, docs, EVAL scripts).
    reasons.put("cas", Operations.failures(RegisterSession.MISMATCH));
    reasons.put("acquire", Operations.failures(Locks.ANOTHERS));
    reasons.put("release", Operations.failures(Locks.NOT_HELD));
    reasons.put("increment", Operations.failures(LockedCounter.NO_LOCK));
    return client.failing(reasons);
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option(
            "topology",
            "single",
            List.of("single", "sentinel"),
            "one server, or three servers and three sentinels"),
        new Option(
            "follow",
            "sentinel",
            List.of("sentinel", "pinned"),
            "clients ask the master that their node's sentinel names, or their node's server"),
        new Option("wait", "0", List.of(), "replicas that must confirm a write (WAIT)"),
        new Option("min-replicas", "0", List.of(), "min-replicas-to-write of each server"),
        new Option("lock-ttl", "10s", List.of(), "how long a lock lives (SET NX PX)"));
  }

  @Override
  public List<Claim> claims() {
    List<Claim> claims = new ArrayList<>();
    for (String property : OF_DATA) {
      claims.add(
          claim(
              property,
              "topology",
              "single",
              "redis.io, docs, persistence: 'appendfsync always' writes each command down before it"
                  + " is acknowledged; transactions: commands are carried out one by one"));
      claims.add(
          claim(
              property,
              List.of(),
              Map.of("topology", List.of("sentinel"), "follow", List.of("sentinel")),
              "redis.io, docs, sentinel: no guarantee that acknowledged writes are retained during"
                  + " failures, so of a run without any"));
    }
    claims.add(
        claim(
            "lock.exclusive",
            "topology",
            "single",
            "redis.io, docs, distributed locks: correct with a single instance, as long as clocks"
                + " run at about the same rate"));
    claims.add(noCrash());
    return claims;
  }

  @Override
  public Deployment deployment(Setup setup) {
    return Processes.deployment(setup);
  }

  /**
   * Sentinel gives a master up after 2 s, and makes an old one a replica about 10 s after a cut.
   */
  @Override
  public Timing timing(Setup setup) {
    return setup.option("topology").equals("single")
        ? new Timing(Duration.ofSeconds(1), Duration.ofSeconds(15))
        : new Timing(Duration.ofSeconds(2), Duration.ofSeconds(40));
  }

  /** Masters change only when faults have done their work, so nothing can wait for that. */
  @Override
  public List<String> anchors(String clientInterface) {
    return clientInterface.startsWith("lock") ? List.of(Lock.HOLDING) : List.of();
  }
}
