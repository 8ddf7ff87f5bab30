package dev.faultline.harness.run;

import dev.faultline.harness.Client;
import dev.faultline.harness.Cluster;
import dev.faultline.harness.Environment;
import dev.faultline.harness.Scheduler;
import dev.faultline.harness.Target;
import dev.faultline.harness.Workload;
import dev.faultline.harness.gen.Generator;
import dev.faultline.harness.nemesis.Nemesis;
import dev.faultline.spec.FaultPlan;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The course of a run on one loop: the main phase with clients and faults, then healing, of
 * everything or of what suffices for the progress that is then waited for, if that is asked, then
 * final reads until all of them are ok or the target's recovery bound is over. Works with any
 * scheduler: nothing here waits or reads a clock.
 */
final class Conductor implements Environment.NodeEvents {
  private static final Duration AFTER_BRANCH = Duration.ofSeconds(1);
  private static final Duration BETWEEN_READS = Duration.ofMillis(250);
  private static final Duration RENEW = Duration.ofSeconds(1);

  /** Less than a lease by so much is counted as its lapse: both sides count for themselves. */
  private static final Duration LEASE_MARGIN = Duration.ofSeconds(2);

  private final Scheduler scheduler;
  private final Recorder recorder;
  private final Workload workload;
  private final Workload.Plan plan;
  private final Target target;
  private final Client client;
  private final List<Workload.ClientSpec> clients;
  private final FaultPlan faults;
  private final @Nullable Finish finish;
  private final Consumer<String> onPhase;
  private @Nullable Duration lease;
  private long renewed;
  private boolean over;
  private final Latencies latencies = new Latencies();
  private @Nullable Nemesis nemesis;
  private @Nullable Drive drive;
  private Duration lastsLonger = Duration.ZERO;
  private boolean healed;
  private Runnable early = () -> {};

  /** The workload, or after a branch that of which it is a script. */
  private Workload asked;

  Conductor(
      Scheduler scheduler,
      Recorder recorder,
      Target target,
      Workload workload,
      Workload.Plan plan,
      FaultPlan faults,
      @Nullable Finish finish,
      Consumer<String> onPhase) {
    this.scheduler = scheduler;
    this.recorder = recorder;
    this.target = target;
    this.workload = workload;
    this.asked = workload;
    this.plan = plan;
    this.client = target.client(workload.clientInterface().id(), plan.setup());
    this.clients = workload.clients(plan);
    this.faults = faults;
    this.finish = finish;
    this.onPhase = onPhase;
  }

  List<Workload.ClientSpec> clients() {
    return clients;
  }

  /** Whether clients run in hosts of their own. */
  boolean hosted() {
    return client instanceof Client.Blocking blocking && blocking.hosted();
  }

  /** What nodes report, from any thread. */
  @Override
  public void event(
      String node, int incarnation, long seq, String name, Map<String, @Nullable Object> facts) {
    scheduler.post(() -> {
      recorder.node(node, incarnation, seq, name, facts);
      Nemesis now = nemesis;
      if (now != null) {
        now.saw(node, name);
      }
    });
  }

  /**
   * Faults are to be taken back where they are when this loop does not go on for so long. To be
   * called first; in virtual time there is nobody who could.
   */
  void lease(Duration term) {
    lease = term;
  }

  /** Renews the lease again and again; sees when that came too late. */
  private void renew(Cluster cluster, Nemesis faultsOf, Duration term) {
    if (over) {
      return;
    }
    long now = scheduler.now();
    if (now - renewed > term.minus(LEASE_MARGIN).toNanos()) {
      faultsOf.lapsed(Duration.ofNanos(now - renewed));
    }
    renewed = now;
    cluster.renew(term);
    Scheduler.Task unused = scheduler.after(RENEW, () -> renew(cluster, faultsOf, term));
  }

  /** Must be called before the cluster starts: events of the start count for selectors. */
  void attach(Cluster cluster) {
    Set<String> others = new LinkedHashSet<>(List.of("time"));
    clients.forEach(c -> others.add(c.id()));
    nemesis =
        new Nemesis(
            scheduler,
            cluster,
            faults,
            plan.members(),
            others,
            target.selectors(workload.clientInterface().id()),
            plan.setup().seed(),
            recorder::fault);
  }

  /**
   * Goes through the phases on a started cluster; for the loop's thread. Completes on the loop.
   *
   * @param begin makes now the run's start
   */
  CompletableFuture<Void> conduct(Cluster cluster, Runnable begin) {
    Nemesis faultsOf = nemesis;
    if (faultsOf == null) {
      throw new IllegalStateException("attach a cluster first");
    }
    Drive drive =
        new Drive(
            scheduler,
            recorder,
            plan.setup().seed(),
            f -> workload.deadline(plan, f),
            new Definite(client, (id, name, facts) -> event(id, 1, 0, name, facts)));
    this.drive = drive;
    for (Workload.ClientSpec spec : clients) {
      Client.Events events = (name, facts) -> event(spec.id(), 1, 0, name, facts);
      drive.add(
          spec, CallLog.around(spec.id(), Ports.open(client, cluster, spec, plan.setup(), events)));
    }
    begin.run();
    recorder.begin();
    phase("run");
    if (lease != null) {
      renewed = scheduler.now();
      faultsOf.lease(lease);
      drive.measure(latencies);
      renew(cluster, faultsOf, lease);
    }
    faultsOf.start();
    CompletableFuture<Void> driven = new CompletableFuture<>();
    drive.run(workload.generator(plan), () -> driven.complete(null));
    CompletableFuture<Void> finished = new CompletableFuture<>();
    Scheduler.Task end =
        scheduler.after(plan.setup().time(), () -> healOrWait(faultsOf, drive, driven, finished));
    early =
        () -> {
          if (!healed) {
            end.cancel();
            healOrWait(faultsOf, drive, driven, finished);
          }
        };
    return finished;
  }

  /** The main phase ends now, if it has not; from any thread. */
  void endEarly() {
    scheduler.post(() -> early.run());
  }

  private void healOrWait(
      Nemesis faultsOf,
      Drive drive,
      CompletableFuture<Void> driven,
      CompletableFuture<Void> finished) {
    if (!lastsLonger.isZero()) {
      Duration more = lastsLonger;
      lastsLonger = Duration.ZERO;
      Scheduler.Task unused =
          scheduler.after(more, () -> healOrWait(faultsOf, drive, driven, finished));
      return;
    }
    healed = true;
    phase("heal");
    drive.stop();
    long healing = scheduler.now();
    CompletableFuture<Void> confined =
        finish == null ? CompletableFuture.completedFuture(null) : faultsOf.confine(finish.core());
    CompletableFuture<Void> unusedCalm =
        CompletableFuture.allOf(confined, faultsOf.heal(), driven)
            .thenCompose(over -> progress(drive, faultsOf))
            .thenRun(() -> {
              phase("final");
              long from = finish == null ? healing : scheduler.now();
              readAll(drive, from + plan.timing().recovery().toNanos(), finished);
            });
  }

  /** From here on the clients choose anew, and no more faults begin. */
  void branch(long salt) {
    if (nemesis != null) {
      nemesis.forgo();
    }
    if (drive == null) {
      return;
    }
    drive.reseed(salt);
    if (!healed) {
      lastsLonger = AFTER_BRANCH;
      if (workload instanceof ScriptedWorkload scripted) {
        asked = scripted.whole();
        drive.besides(asked.generator(plan));
      }
    }
  }

  /** Waits for the progress that is promised, if it is, and then heals the rest. */
  private CompletableFuture<Void> progress(Drive drive, Nemesis faultsOf) {
    Finish wanted = finish;
    if (wanted == null) {
      return CompletableFuture.completedFuture(null);
    }
    recorder.phase(wanted.facts(clients));
    onPhase.accept("progress");
    CompletableFuture<Void> seen = new CompletableFuture<>();
    drive.run(wanted.demand(clients, scheduler.now()), () -> seen.complete(null));
    return seen.thenCompose(over -> faultsOf.release());
  }

  private void readAll(Drive drive, long bound, CompletableFuture<Void> finished) {
    Generator reads = asked.finalGenerator(plan);
    Drive.Tally tally = drive.tally();
    drive.run(
        reads,
        () -> {
          if (tally.complete() || scheduler.now() >= bound) {
            for (Map<String, @Nullable Object> facts : latencies.facts()) {
              recorder.note("latency", facts);
            }
            phase("end");
            over = true;
            finished.complete(null);
          } else {
            Scheduler.Task unused =
                scheduler.after(BETWEEN_READS, () -> readAll(drive, bound, finished));
          }
        });
  }

  private void phase(String name) {
    recorder.phase(name);
    onPhase.accept(name);
  }
}
