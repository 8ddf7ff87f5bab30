package dev.faultline.workloads.watch;

import dev.faultline.harness.Target.Option;
import dev.faultline.harness.Workload;
import dev.faultline.harness.gen.Generator;
import dev.faultline.harness.gen.Generator.Ask;
import dev.faultline.harness.gen.Generators;
import dev.faultline.spec.CheckerSpec;
import dev.faultline.spec.Minimums;
import dev.faultline.workloads.Settings;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Some clients put values under keys, others watch: each is a stream that goes on from where its
 * last answer ended, over every fault. An answer covers all revisions from the one asked for up to
 * its {@code next}, so a target whose library pushes events collects them for a while and says how
 * far it came. A stream that is told that it starts too early (compacted) fails. Watches that fire
 * once are not of this interface.
 */
public final class WatchWorkload implements Workload {
  private static final String WRITER = "writer";
  private static final String WATCHER = "watcher";
  private static final double RATE = 60;

  @Override
  public String id() {
    return "watch";
  }

  @Override
  public String summary() {
    return "put keys, and watch what is put";
  }

  @Override
  public Interface clientInterface() {
    return new Interface(
        "watch",
        List.of(
            new Function(
                "put",
                "a whole number, unique",
                "its revision; revisions go up, from 1",
                "refused, in the server's own words"),
            new Function(
                "watch",
                "{from: revision}, or null for the first",
                "{events: [[revision, key, value], …], next: the first revision not covered}",
                "compacted")));
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option("watch", "100ms", List.of(), "time between two watches of a stream"),
        Settings.keysOption("keys", "w"),
        Settings.load(),
        Settings.settle());
  }

  /** A writer and a watcher for each node, or as many as were asked for by turns. */
  @Override
  public List<ClientSpec> clients(Plan plan) {
    List<String> nodes = List.copyOf(plan.members().keySet());
    int asked = plan.setup().concurrency();
    return Settings.inTurn(
        asked > 0 ? asked : 2 * nodes.size(),
        nodes,
        i -> (i / nodes.size()) % 2 == 0 ? WRITER : WATCHER);
  }

  @Override
  public Generator generator(Plan plan) {
    long gap = Settings.duration(plan.setup(), "watch").toNanos();
    List<String> keys = keys(plan);
    Generator puts =
        Settings.loaded(
            plan,
            "watch/pace",
            RATE,
            Generators.onDuty(
                WRITER,
                Generators.ops(
                    "watch/put",
                    (client, random, n) ->
                        new Ask(
                            client.client(),
                            "put",
                            keys.get(random.nextInt(keys.size())),
                            n + 1))));
    Generator watches =
        Generators.eachClient(
            watchers(plan).stream().map(ClientSpec::id).toList(),
            c -> new WatchScript(c, gap, 1, 0));
    return Generators.any(watches, puts);
  }

  /** Every node tells all from the start once more. */
  @Override
  public Generator finalGenerator(Plan plan) {
    return Generators.phases(
        Generators.sleep(Settings.duration(plan.setup(), "settle")),
        Generators.finalReads(
            Settings.onePerNode(clients(plan)),
            "watch",
            Arrays.asList((Object) null),
            3,
            Duration.ofMillis(200)));
  }

  @Override
  public Generator progressGenerator(Plan plan) {
    String key = keys(plan).get(0);
    return Settings.eachUntilOk(
        clients(plan),
        "watch/progress",
        i ->
            List.of(
                (c, random, n) -> new Ask(c.client(), "put", key, Settings.far(i) + n),
                Generators.call("watch", null, null)));
  }

  @Override
  public List<CheckerSpec> checkers(Plan plan) {
    return List.of(
        CheckerSpec.of("watch.no-gap"),
        CheckerSpec.of("watch.order"),
        CheckerSpec.of("watch.faithful"));
  }

  @Override
  public Minimums minimums(Plan plan) {
    return Minimums.STANDARD.reading("watch");
  }

  @Override
  public Duration deadline(Plan plan, String f) {
    return Settings.patience(plan);
  }

  private List<ClientSpec> watchers(Plan plan) {
    return clients(plan).stream().filter(c -> c.duty().equals(WATCHER)).toList();
  }

  private static List<String> keys(Plan plan) {
    return Settings.keys(plan, "w");
  }
}
