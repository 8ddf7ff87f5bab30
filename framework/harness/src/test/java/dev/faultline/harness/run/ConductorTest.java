package dev.faultline.harness.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.harness.LinkState;
import dev.faultline.harness.Setup;
import dev.faultline.harness.Workload;
import dev.faultline.history.Entry;
import dev.faultline.history.Entry.Phase;
import dev.faultline.history.History;
import dev.faultline.history.Operation;
import dev.faultline.json.JsonView;
import dev.faultline.spec.FaultPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Runner, generator and nemesis together on a loop cranked by hand: no thread, no waiting. */
final class ConductorTest {
  private final HandScheduler scheduler = new HandScheduler();
  private final FakeCluster cluster = new FakeCluster(scheduler, List.of("n1", "n2"));
  private final List<Entry> entries = new ArrayList<>();
  private final List<String> phases = new ArrayList<>();

  private Conductor conductor(String faults) {
    Map<String, String> members = new LinkedHashMap<>();
    members.put("n1", "node");
    members.put("n2", "node");
    Toy.ToyTarget target = new Toy.ToyTarget();
    Setup setup = new Setup("correct", "hand", Map.of(), 0, 0, 0, Duration.ofSeconds(2), 1);
    Conductor conductor =
        new Conductor(
            scheduler,
            new Recorder(scheduler, entries::add),
            target,
            new Toy.ToyWorkload(),
            new Workload.Plan(setup, members, target.timing(setup)),
            FaultPlan.fromJson(JsonView.parse("plan", "{\"faults\":[" + faults + "]}")),
            null,
            phases::add);
    conductor.attach(cluster);
    return conductor;
  }

  private History run(String faults) {
    CompletableFuture<Void> done = conductor(faults).conduct(cluster, () -> {});
    scheduler.crank(Duration.ofSeconds(20));
    assertThat(done).isCompleted();
    return History.of(entries);
  }

  private static List<Phase> phasesOf(History history, String fault) {
    return history.faults().stream()
        .filter(f -> f.fault().equals(fault))
        .map(Entry.Fault::phase)
        .toList();
  }

  @Test
  void aRunGoesThroughItsPhasesAndEndsWithReadsFromEveryNode() {
    History history = run("");
    assertThat(phases).containsExactly("run", "heal", "final", "end");
    List<Operation> reads = history.operations(op -> op.f().equals("read"));
    assertThat(reads).extracting(Operation::node).containsExactly("n1", "n2");
    assertThat(reads).allMatch(Operation::ok);
    assertThat(history.operations(op -> op.f().equals("write"))).hasSizeBetween(190, 201);
  }

  @Test
  void messagesThatNobodyCountedAsLostAreNoEffect() {
    History history =
        run(
            "{\"do\":\"link\",\"source\":\"n1\",\"target\":\"n2\",\"loss\":50,"
                + "\"from\":{\"at\":\"500ms\"},\"for\":\"500ms\"}");
    assertThat(phasesOf(history, "f1")).containsExactly(Phase.START, Phase.FAILED, Phase.END);
  }

  @Test
  void aDiskThatDidNothingWrongIsNoEffect() {
    History history =
        run(
            "{\"do\":\"disk\",\"node\":\"n1\",\"full\":true,"
                + "\"from\":{\"at\":\"200ms\"},\"for\":\"300ms\"},"
                + "{\"do\":\"kill\",\"node\":\"n1\",\"disk\":\"torn\","
                + "\"from\":{\"at\":\"600ms\"},\"for\":\"300ms\"}");
    assertThat(phasesOf(history, "f1")).containsExactly(Phase.START, Phase.FAILED, Phase.END);
    assertThat(phasesOf(history, "f2")).containsExactly(Phase.START, Phase.FAILED, Phase.END);
  }

  @Test
  void anOperationWithoutAnswerIsUnknownItsProcessIsRetiredAndItsLateAnswerIsUsed() {
    History history =
        run("{\"do\":\"pause\",\"node\":\"n1\",\"from\":{\"at\":\"500ms\"},\"for\":\"500ms\"}");
    List<Entry.Op> unknown =
        entries.stream()
            .filter(e -> e instanceof Entry.Op op && op.type() == Entry.Type.INFO)
            .map(Entry.Op.class::cast)
            .toList();
    assertThat(unknown).isNotEmpty().allMatch(op -> "n1".equals(op.node()));
    for (Entry.Op op : unknown) {
      assertThat(entries.stream().filter(e -> e.index() > op.index()))
          .noneMatch(
              e -> e instanceof Entry.Op later && later.process() == op.process() && !later.late());
    }
    assertThat(entries).anyMatch(e -> e instanceof Entry.Op op && op.late());
    assertThat(history.operations(op -> !op.ok())).isEmpty();
    assertThat(phasesOf(history, "f1")).containsExactly(Phase.START, Phase.EFFECT, Phase.END);
  }

  @Test
  void aFaultIsHealedAtTheEndOfTheMainPhase() {
    History history =
        run(
            "{\"do\":\"partition\",\"isolate\":\"n1\",\"from\":{\"at\":\"1s\"},\"for\":\"60s\"},"
                + "{\"do\":\"link\",\"source\":\"n1\",\"target\":\"n2\",\"latency\":\"300ms\","
                + "\"from\":{\"at\":\"200ms\"},\"for\":\"400ms\"},"
                + "{\"do\":\"clock\",\"node\":\"n2\",\"offset\":\"-3s\",\"drift\":\"50000ppm\","
                + "\"from\":{\"at\":\"200ms\"},\"for\":\"900ms\"},"
                + "{\"do\":\"admin\",\"action\":\"remove\",\"node\":\"n1\","
                + "\"from\":{\"at\":\"1200ms\"},\"for\":\"400ms\"},"
                + "{\"do\":\"clock\",\"node\":\"n1\",\"freeze\":true,"
                + "\"from\":{\"at\":\"200ms\"},\"for\":\"900ms\"}");
    for (String fault : List.of("f1", "f2", "f3", "f4", "f5")) {
      assertThat(phasesOf(history, fault)).containsExactly(Phase.START, Phase.EFFECT, Phase.END);
    }
    assertThat(cluster.link("n1", "n2")).isEqualTo(LinkState.CLEAR);
    long end = history.faults().stream().filter(f -> f.phase() == Phase.END).count();
    assertThat(end).isEqualTo(5);
    assertThat(history.faults().getLast().time()).isLessThan(Duration.ofSeconds(3).toNanos());
  }

  @Test
  void countersThatLagBehindACutAreReadAgain() {
    String cut =
        "{\"do\":\"partition\",\"isolate\":\"n1\",\"from\":{\"at\":\"200ms\"},\"for\":\"1s\"}";
    cluster.countersLagBehindCuts(3);
    assertThat(phasesOf(run(cut), "f1")).containsExactly(Phase.START, Phase.EFFECT, Phase.END);
  }

  @Test
  void countersThatNeverCatchUpWithACutSpeakAgainstIt() {
    String cut =
        "{\"do\":\"partition\",\"isolate\":\"n1\",\"from\":{\"at\":\"200ms\"},\"for\":\"1s\"}";
    cluster.countersLagBehindCuts(Integer.MAX_VALUE);
    assertThat(phasesOf(run(cut), "f1")).contains(Phase.FAILED).doesNotContain(Phase.EFFECT);
  }

  @Test
  void aLinkThatNeverPassedAnythingIsNotSeenToBeCut() {
    cluster.deaf = true;
    History history =
        run("{\"do\":\"partition\",\"isolate\":\"n1\",\"from\":{\"at\":\"1s\"},\"for\":\"500ms\"}");
    assertThat(phasesOf(history, "f1")).contains(Phase.FAILED).doesNotContain(Phase.EFFECT);
    assertThat(history.faults().get(1).value().get("n1→n2"))
        .isEqualTo("nothing passed before the fault either");
  }

  @Test
  void whatPassedBeforeIsInTheReceipt() {
    History history =
        run(
            "{\"do\":\"partition\",\"minority\":\"n1\",\"from\":{\"at\":\"1s\"},\"for\":\"500ms\"}");
    assertThat(history.faults().get(1).phase()).isEqualTo(Phase.EFFECT);
    assertThat(history.faults().get(1).value().get("n1→n2"))
        .isEqualTo("nothing passed; before, in 1.0 ms");
  }

  @Test
  void anAnchorCountsEventsFromItsTimeOnAndSelectsTheirNode() {
    Conductor conductor =
        conductor(
            "{\"do\":\"pause\",\"node\":\"$event\",\"for\":\"100ms\","
                + "\"from\":{\"on\":\"leader\",\"nth\":2,\"plus\":\"10ms\",\"after\":\"300ms\"}}");
    CompletableFuture<Void> done = conductor.conduct(cluster, () -> {});
    for (int at : new int[] {100, 400, 600}) {
      scheduler.at(
          at * 1_000_000L,
          () -> conductor.event(at == 600 ? "n2" : "n1", 1, at, "leader", Map.of("term", 1L)));
    }
    scheduler.crank(Duration.ofSeconds(20));
    assertThat(done).isCompleted();
    Entry.Fault start = History.of(entries).faults().getFirst();
    assertThat(start.phase()).isEqualTo(Phase.START);
    assertThat(start.value()).containsEntry("node", "n2").containsEntry("lateNanos", 0L);
    assertThat(start.time()).isEqualTo(610_000_000L);
  }

  @Test
  void anAnchorThatDoesNotComeStartsTheFaultAtItsLatestTime() {
    String anchor = "{\"on\":\"leader\",\"after\":\"300ms\",\"latest\":\"700ms\"}";
    Conductor conductor =
        conductor(
            "{\"do\":\"pause\",\"node\":\"$event\",\"for\":\"100ms\",\"from\":" + anchor + "}");
    CompletableFuture<Void> done = conductor.conduct(cluster, () -> {});
    scheduler.at(100_000_000L, () -> conductor.event("n2", 1, 1, "leader", Map.of("term", 1L)));
    scheduler.crank(Duration.ofSeconds(20));
    assertThat(done).isCompleted();
    Entry.Fault start = History.of(entries).faults().getFirst();
    assertThat(start.time()).isEqualTo(700_000_000L);
    assertThat(start.value()).containsEntry("node", "n2").containsKey("anchor");
    assertThat(phasesOf(History.of(entries), "f1"))
        .containsExactly(Phase.START, Phase.EFFECT, Phase.END);
  }

  private static final String CUT =
      "{\"do\":\"partition\",\"isolate\":\"n1\",\"from\":{\"at\":\"500ms\"},\"for\":\"1s\"}";

  @Test
  void everyFaultCarriesItsLease() {
    Conductor conductor = conductor(CUT);
    conductor.lease(Duration.ofSeconds(10));
    CompletableFuture<Void> done = conductor.conduct(cluster, () -> {});
    scheduler.crank(Duration.ofSeconds(20));
    assertThat(done).isCompleted();
    History history = History.of(entries);
    assertThat(phasesOf(history, "f1")).containsExactly(Phase.START, Phase.EFFECT, Phase.END);
    assertThat(history.faults().getFirst().value()).containsEntry("leaseNanos", 10_000_000_000L);
    assertThat(cluster.renewals).as("once a second, until the end").isBetween(2, 5);
  }

  @Test
  void aHarnessThatStoodStillForLongerThanTheLeaseHasNoProofThatTheFaultEndedAsPlanned() {
    Conductor conductor = conductor(CUT);
    conductor.lease(Duration.ofSeconds(10));
    CompletableFuture<Void> done = conductor.conduct(cluster, () -> {});
    scheduler.crank(Duration.ofSeconds(1));
    scheduler.stall(Duration.ofSeconds(12));
    scheduler.crank(Duration.ofSeconds(20));
    assertThat(done).isCompleted();
    History history = History.of(entries);
    assertThat(phasesOf(history, "f1")).containsExactly(Phase.START, Phase.EFFECT, Phase.FAILED);
    assertThat(history.faults().getLast().value().get("why")).asString().contains("stood still");
  }

  @Test
  void aRunThatEndsEarlyHealsAndReadsAsAnyOther() {
    Conductor conductor =
        conductor("{\"do\":\"pause\",\"node\":\"n1\",\"from\":{\"at\":\"200ms\"},\"for\":\"60s\"}");
    CompletableFuture<Void> done = conductor.conduct(cluster, () -> {});
    scheduler.at(500_000_000L, conductor::endEarly);
    scheduler.crank(Duration.ofSeconds(20));
    assertThat(done).isCompleted();
    assertThat(phases).containsExactly("run", "heal", "final", "end");
    History history = History.of(entries);
    assertThat(history.duration()).isLessThan(Duration.ofSeconds(1).toNanos());
    assertThat(history.operations(op -> op.f().equals("read"))).hasSize(2);
    assertThat(phasesOf(history, "f1")).containsExactly(Phase.START, Phase.EFFECT, Phase.END);
  }

  @Test
  void howLateAFaultStartedIsRecorded() {
    Conductor conductor =
        conductor(
            "{\"do\":\"pause\",\"node\":\"n1\",\"from\":{\"at\":\"200ms\"},\"for\":\"500ms\"},"
                + "{\"do\":\"pause\",\"node\":\"n1\",\"for\":\"100ms\","
                + "\"from\":{\"on\":\"leader\",\"plus\":\"100ms\"}}");
    CompletableFuture<Void> done = conductor.conduct(cluster, () -> {});
    scheduler.at(300_000_000L, () -> conductor.event("n1", 1, 1, "leader", Map.of("term", 1L)));
    scheduler.crank(Duration.ofSeconds(20));
    assertThat(done).isCompleted();
    List<Entry.Fault> starts =
        History.of(entries).faults().stream().filter(f -> f.phase() == Phase.START).toList();
    assertThat(starts.get(0).value()).containsEntry("lateNanos", 0L);
    assertThat(starts.get(1).value().get("lateNanos"))
        .isEqualTo(starts.get(1).time() - 400_000_000L);
    assertThat(starts.get(1).time()).isGreaterThanOrEqualTo(700_000_000L);
  }

  @Test
  void whatNeverStartsIsToldWithItsReason() {
    History history =
        run(
            "{\"do\":\"kill\",\"node\":\"$event\",\"from\":{\"on\":\"granted\"},\"for\":\"1s\"},"
                + "{\"do\":\"kill\",\"node\":\"$leader\",\"from\":{\"at\":\"1s\"},\"for\":\"1s\"}");
    assertThat(phasesOf(history, "f1")).containsExactly(Phase.FAILED);
    assertThat(phasesOf(history, "f2")).containsExactly(Phase.FAILED);
    assertThat(history.faults().get(0).value().get("why")).asString().contains("'granted'");
    assertThat(history.faults().get(1).value().get("why")).asString().contains("$leader is nobody");
  }

  @Test
  void severalNodesDieAtOnceAndEachHasItsProof() {
    History history =
        run(
            "{\"do\":\"kill\",\"node\":\"*\",\"from\":{\"at\":\"200ms\"},\"for\":\"300ms\"},"
                + "{\"do\":\"stop\",\"node\":\"n1\",\"from\":{\"at\":\"300ms\"},\"for\":\"300ms\"}");
    for (String fault : List.of("f1", "f2")) {
      assertThat(phasesOf(history, fault)).containsExactly(Phase.START, Phase.EFFECT, Phase.END);
    }
    assertThat(history.faults().get(0).value()).containsEntry("nodes", List.of("n1", "n2"));
    assertThat(history.faults().get(1).value().keySet()).containsExactlyInAnyOrder("n1", "n2");
    // One that is down already is not asked to end: that waits.
    assertThat(history.faults().get(3).value()).containsEntry("node", "n1");
    assertThat(history.faults().get(3).time()).isGreaterThan(Duration.ofMillis(500).toNanos());
  }

  @Test
  void aWipeOfADiskThatWasEmptyIsNoWipe() {
    History history =
        run(
            "{\"do\":\"kill\",\"node\":\"n1\",\"disk\":\"wipe\","
                + "\"from\":{\"at\":\"200ms\"},\"for\":\"300ms\"}");
    assertThat(phasesOf(history, "f1")).containsExactly(Phase.START, Phase.EFFECT, Phase.FAILED);
  }

  @Test
  void anInjectorThatDoesNothingLeavesNoReceipt() {
    cluster.noOp = true;
    History history =
        run(
            "{\"do\":\"partition\",\"isolate\":\"n1\",\"from\":{\"at\":\"100ms\"},\"for\":\"1s\"},"
                + "{\"do\":\"link\",\"source\":\"n1\",\"target\":\"n2\",\"latency\":\"300ms\","
                + "\"from\":{\"at\":\"200ms\"},\"for\":\"400ms\"},"
                + "{\"do\":\"link\",\"source\":\"n1\",\"target\":\"n2\",\"reset\":true,"
                + "\"from\":{\"at\":\"800ms\"},\"for\":\"400ms\"},"
                + "{\"do\":\"link\",\"source\":\"n1\",\"target\":\"n2\",\"bandwidth\":2,"
                + "\"from\":{\"at\":\"800ms\"},\"for\":\"400ms\"},"
                + "{\"do\":\"link\",\"source\":\"n1\",\"target\":\"n2\",\"slice\":20,"
                + "\"from\":{\"at\":\"800ms\"},\"for\":\"400ms\"},"
                + "{\"do\":\"link\",\"source\":\"n1\",\"target\":\"n2\",\"reset-after\":999,"
                + "\"from\":{\"at\":\"800ms\"},\"for\":\"400ms\"},"
                + "{\"do\":\"link\",\"source\":\"n1\",\"target\":\"n2\",\"corrupt\":50,"
                + "\"from\":{\"at\":\"800ms\"},\"for\":\"400ms\"},"
                + "{\"do\":\"link\",\"source\":\"n1\",\"target\":\"n2\",\"slow-close\":\"90ms\","
                + "\"from\":{\"at\":\"800ms\"},\"for\":\"400ms\"},"
                + "{\"do\":\"link\",\"source\":\"n1\",\"target\":\"n2\",\"jitter\":\"90ms\","
                + "\"latency\":\"1ms\",\"from\":{\"at\":\"500ms\"},\"for\":\"1s\"},"
                + "{\"do\":\"clock\",\"node\":\"n2\",\"offset\":\"-3s\","
                + "\"from\":{\"at\":\"200ms\"},\"for\":\"900ms\"},"
                + "{\"do\":\"clock\",\"node\":\"n2\",\"drift\":\"50000ppm\","
                + "\"from\":{\"at\":\"200ms\"},\"for\":\"900ms\"},"
                + "{\"do\":\"admin\",\"action\":\"remove\",\"node\":\"n1\","
                + "\"from\":{\"at\":\"200ms\"},\"for\":\"400ms\"},"
                + "{\"do\":\"clock\",\"node\":\"n2\",\"freeze\":true,"
                + "\"from\":{\"at\":\"200ms\"},\"for\":\"900ms\"},"
                + "{\"do\":\"pause\",\"node\":\"n2\",\"from\":{\"at\":\"200ms\"},\"for\":\"900ms\"},"
                + "{\"do\":\"stop\",\"node\":\"n2\",\"from\":{\"at\":\"1.5s\"},\"for\":\"200ms\"},"
                + "{\"do\":\"kill\",\"node\":\"*\",\"from\":{\"at\":\"1.5s\"},\"for\":\"200ms\"}");
    for (int i = 1; i <= 16; i++) {
      assertThat(phasesOf(history, "f" + i)).as("f" + i).doesNotContain(Phase.EFFECT);
      assertThat(phasesOf(history, "f" + i)).as("f" + i).contains(Phase.FAILED);
    }
  }

  @Test
  void theSameSeedGivesTheSameHistory() {
    String faults =
        "{\"do\":\"pause\",\"node\":\"n1\",\"from\":{\"at\":\"500ms\"},\"for\":\"500ms\"}";
    History first = run(faults);
    ConductorTest again = new ConductorTest();
    assertThat(again.run(faults).entries()).isEqualTo(first.entries());
  }
}
