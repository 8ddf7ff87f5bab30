package dev.faultline.harness.nemesis;

import dev.faultline.harness.Cluster;
import dev.faultline.harness.LinkState;
import dev.faultline.harness.Scheduler;
import dev.faultline.harness.nemesis.Active.Stage;
import dev.faultline.harness.nemesis.Resolver.Unresolved;
import dev.faultline.history.Entry.Phase;
import dev.faultline.spec.Anchor;
import dev.faultline.spec.Fault;
import dev.faultline.spec.FaultPlan;
import dev.faultline.spec.Link;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Carries a plan out, on the loop. Each fault starts at its anchor, waits (within the run) for what
 * it selects to exist and to be up, and leaves start, effect and end in the history, or {@code
 * failed} with the reason.
 */
public final class Nemesis {
  /** Bound for every single thing that a cluster is asked to do. */
  private static final Duration STEP = Duration.ofSeconds(40);

  private static final Duration RETRY = Duration.ofMillis(50);

  /** Whose part in the state of links is not a fault's. */
  private static final String ENDING = " ending";

  /** Takes the history's lines about faults. */
  public interface Log {
    void fault(String kind, String id, Phase phase, Map<String, @Nullable Object> value);
  }

  private final Scheduler scheduler;
  private final Cluster cluster;
  private final FaultPlan plan;
  private final Log log;
  private final Async async;
  private final LinkTable links;
  private final Set<String> members;
  private final ClockTable clocks;
  private final Resolver resolver;
  private final Baseline baseline;
  private final Deeds deeds;
  private final Set<String> down = new HashSet<>();
  private final Map<String, Active> faults = new LinkedHashMap<>();
  private @Nullable Duration lease;
  private boolean running;
  private @Nullable CompletableFuture<Void> healed;

  /**
   * @param members nodes with their roles, in order
   * @param others further names that a plan may use: clients, and {@code time}
   * @param selectors selector to the event whose latest emitter it means
   * @param seed of what a fault draws when it starts
   */
  public Nemesis(
      Scheduler scheduler,
      Cluster cluster,
      FaultPlan plan,
      Map<String, String> members,
      Set<String> others,
      Map<String, String> selectors,
      long seed,
      Log log) {
    this.scheduler = scheduler;
    this.cluster = cluster;
    this.plan = plan;
    this.log = log;
    this.async = new Async(scheduler);
    this.links = new LinkTable(cluster);
    this.members = Set.copyOf(members.keySet());
    this.clocks = new ClockTable(cluster);
    this.resolver = new Resolver(members, others, selectors, seed);
    this.baseline = new Baseline(cluster, links, async, resolver, this.members);
    this.deeds = new Deeds(cluster, resolver, async, links, clocks, baseline, down);
  }

  /** Faults hold only while the harness goes on, as far as so long; to be told to the history. */
  public void lease(Duration term) {
    lease = term;
  }

  /**
   * The harness has not gone on for longer than its lease: what was active was healed by itself.
   */
  public void lapsed(Duration stalled) {
    for (Active active : faults.values()) {
      if (active.stage != Stage.WAITING && active.stage != Stage.OVER) {
        active.lapsed = stalled;
      }
    }
  }

  /** The main phase begins: anchors count from here. */
  public void start() {
    running = true;
    baseline.take(plan);
    for (Fault fault : plan.faults()) {
      Active active = new Active(fault);
      faults.put(fault.id(), active);
      if (fault.from() instanceof Anchor.At at) {
        active.due = at.at().toNanos();
        Scheduler.Task unused = scheduler.at(active.due, () -> begin(active));
      } else if (fault.from() instanceof Anchor.On on && on.latest() != null) {
        Scheduler.Task unused = scheduler.at(on.latest().toNanos(), () -> atLatest(active, on));
      }
    }
  }

  /** A node reported something. */
  public void saw(String node, String event) {
    resolver.saw(node, event);
    for (Active active : running ? List.copyOf(faults.values()) : List.<Active>of()) {
      if (active.stage == Stage.WAITING
          && active.emitter == null
          && active.fault.from() instanceof Anchor.On on
          && on.event().equals(event)
          && scheduler.now() >= on.after().toNanos()) {
        active.seen++;
        if (active.seen == on.nth()) {
          active.emitter = node;
          active.due = scheduler.now() + on.plus().toNanos();
          if (on.plus().isZero()) {
            begin(active);
          } else {
            Scheduler.Task unused = scheduler.at(active.due, () -> begin(active));
          }
        }
      }
    }
  }

  /** The event did not come: the fault starts without it. */
  private void atLatest(Active active, Anchor.On on) {
    if (running && active.stage == Stage.WAITING && active.emitter == null) {
      active.emitter = resolver.latest(on.event());
      active.due = scheduler.now();
      active.waitedInVain = true;
      begin(active);
    }
  }

  /** Faults that have not begun never will; nothing is told of them. */
  public void forgo() {
    faults.values().stream()
        .filter(active -> active.stage == Stage.WAITING)
        .forEach(active -> active.stage = Stage.OVER);
  }

  /**
   * Ends what is active and gives up what has not started; completes on the loop when every fault
   * is over. Bounded.
   */
  public CompletableFuture<Void> heal() {
    running = false;
    CompletableFuture<Void> done = new CompletableFuture<>();
    healed = done;
    for (Active active : List.copyOf(faults.values())) {
      switch (active.stage) {
        case WAITING -> {
          active.stage = Stage.OVER;
          failed(active, "start", active.obstacle + " before the faults were healed");
        }
        case ACTIVE -> end(active);
        case STARTING, ENDING, OVER -> {
          // Goes on by itself.
        }
      }
    }
    completeIfHealed();
    return done;
  }

  /** Cuts all members but these off from every other, until {@link #release}. */
  public CompletableFuture<Void> confine(Set<String> core) {
    Map<Link, LinkState> cut = new LinkedHashMap<>();
    for (Link link : cluster.links()) {
      boolean between = members.contains(link.from()) && members.contains(link.to());
      if (between && !(core.contains(link.from()) && core.contains(link.to()))) {
        cut.put(link, new LinkState(Fault.Mode.DROP, Fault.Effect.NONE));
      }
    }
    return cut.isEmpty()
        ? CompletableFuture.completedFuture(null)
        : async.onLoop(links.put(ENDING, cut));
  }

  /** Heals whom {@link #confine} cut off. */
  public CompletableFuture<Void> release() {
    return async.onLoop(links.remove(ENDING));
  }

  private void completeIfHealed() {
    CompletableFuture<Void> done = healed;
    if (done != null && faults.values().stream().allMatch(f -> f.stage == Stage.OVER)) {
      healed = null;
      done.complete(null);
    }
  }

  private void begin(Active active) {
    if (!running || active.stage != Stage.WAITING) {
      return;
    }
    Deed deed;
    try {
      deed = deeds.of(active.fault, active.emitter);
    } catch (Unresolved e) {
      retry(active, String.valueOf(e.getMessage()));
      return;
    }
    for (String node : deed.exclusive()) {
      if (down.contains(node)) {
        retry(active, node + " was down already");
        return;
      }
    }
    down.addAll(deed.exclusive());
    active.deed = deed;
    active.stage = Stage.STARTING;
    Map<String, @Nullable Object> start = new LinkedHashMap<>(deed.resolved());
    start.put("lateNanos", Math.max(0, scheduler.now() - active.due));
    if (active.waitedInVain) {
      start.put("anchor", "did not come; started at its latest time");
    }
    if (lease != null) {
      start.put("leaseNanos", lease.toNanos());
    }
    log.fault(active.kind(), active.fault.id(), Phase.START, start);
    CompletableFuture<Void> unused =
        step(deed.apply())
            .whenComplete((done, error) -> {
              if (error == null) {
                applied(active, deed);
              } else {
                failed(active, "effect", Async.message(error));
                active.stage = Stage.ACTIVE;
                end(active);
              }
            });
  }

  private void retry(Active active, String obstacle) {
    active.obstacle = obstacle;
    Scheduler.Task unused = scheduler.after(RETRY, () -> begin(active));
  }

  private void applied(Active active, Deed deed) {
    active.stage = Stage.ACTIVE;
    active.proved =
        step(deed.prove())
            .handle((proof, error) -> {
              Proof seen = error == null ? proof : Proof.missing(Async.message(error));
              log.fault(
                  active.kind(),
                  active.fault.id(),
                  seen.proven() ? Phase.EFFECT : Phase.FAILED,
                  seen.proven() ? seen.facts() : with(seen.facts(), "effect"));
              return null;
            });
    if (!running) {
      end(active);
    } else {
      Scheduler.Task unused = scheduler.after(active.fault.lasting(), () -> end(active));
    }
  }

  private void end(Active active) {
    Deed deed = active.deed;
    if (active.stage != Stage.ACTIVE || deed == null) {
      return;
    }
    active.stage = Stage.ENDING;
    CompletableFuture<Void> unused =
        active
            .proved
            .thenCompose(proved -> step(deed.undo()))
            .handle((proof, error) -> {
              Proof seen = error == null ? proof : Proof.missing(Async.message(error));
              ended(active, deed, seen);
              return null;
            });
  }

  private void ended(Active active, Deed deed, Proof undone) {
    Proof seen = active.lapsed == null ? undone : undone.and(Proof.lapsed(active.lapsed));
    log.fault(
        active.kind(),
        active.fault.id(),
        seen.proven() ? Phase.END : Phase.FAILED,
        seen.proven() ? seen.facts() : with(seen.facts(), "end"));
    down.removeAll(deed.exclusive());
    for (String node : deed.exclusive()) {
      CompletableFuture<Void> unused = clocks.renew(node);
    }
    active.stage = Stage.OVER;
    completeIfHealed();
  }

  private void failed(Active active, String phase, String why) {
    Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    facts.put("why", why);
    log.fault(active.kind(), active.fault.id(), Phase.FAILED, with(facts, phase));
  }

  private static Map<String, @Nullable Object> with(
      Map<String, @Nullable Object> facts, String phase) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>(facts);
    all.put("phase", phase);
    return all;
  }

  private <T> CompletableFuture<T> step(CompletableFuture<T> future) {
    return async.within(future, STEP);
  }
}
