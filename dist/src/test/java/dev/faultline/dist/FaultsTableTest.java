package dev.faultline.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.harness.Deployment;
import dev.faultline.harness.Environment;
import dev.faultline.harness.Setup;
import dev.faultline.harness.Target;
import dev.faultline.harness.judge.Judgement.FaultRecord;
import dev.faultline.harness.run.Catalog;
import dev.faultline.harness.run.Experiment;
import dev.faultline.harness.run.Progress;
import dev.faultline.harness.run.Request;
import dev.faultline.json.JsonView;
import dev.faultline.proxy.Carrier;
import dev.faultline.spec.FaultPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds {@code docs/faults.md} against the code, and sees what it promises of kit nodes in {@code
 * local} and containers.
 */
final class FaultsTableTest {
  private static final Duration TIME = Duration.ofSeconds(20);

  /** Each kind with its moment, on links and nodes that no other has then. */
  private static final String PLAN =
      """
      link.latency     | {"do":"link","source":"n1","target":"n2","latency":"200ms","from":{"at":"1s"},"for":"3s"}
      link.jitter      | {"do":"link","source":"n2","target":"n3","latency":"100ms","jitter":"80ms","from":{"at":"1s"},"for":"3s"}
      link.bandwidth   | {"do":"link","source":"n3","target":"n1","bandwidth":2,"from":{"at":"1s"},"for":"3s"}
      link.loss        | {"do":"link","source":"n2","target":"n1","loss":20,"from":{"at":"1s"},"for":"3s"}
      link.duplicate   | {"do":"link","source":"n3","target":"n2","duplicate":30,"from":{"at":"1s"},"for":"3s"}
      link.reorder     | {"do":"link","source":"n1","target":"n3","reorder":"60ms","from":{"at":"1s"},"for":"3s"}
      clock.step       | {"do":"clock","node":"n1","offset":"-2s","from":{"at":"1s"},"for":"2s"}
      clock.rate       | {"do":"clock","node":"n2","drift":"50000ppm","from":{"at":"1s"},"for":"2s"}
      clock.strobe     | {"do":"clock","node":"n3","offset":"1s","strobe":"300ms","from":{"at":"1s"},"for":"2s"}
      link.reset       | {"do":"link","source":"n1","target":"n2","reset":true,"from":{"at":"5s"},"for":"3s"}
      link.reset-after | {"do":"link","source":"n2","target":"n3","reset-after":2000,"from":{"at":"5s"},"for":"3s"}
      link.slow-close  | {"do":"link","source":"n3","target":"n1","slow-close":"500ms","from":{"at":"5s"},"for":"3s"}
      link.slice       | {"do":"link","source":"n1","target":"n3","slice":8,"from":{"at":"5s"},"for":"3s"}
      link.corrupt     | {"do":"link","source":"n3","target":"n2","corrupt":20,"from":{"at":"5s"},"for":"3s"}
      clock.freeze     | {"do":"clock","node":"n1","freeze":true,"from":{"at":"5s"},"for":"2s"}
      link.hang        | {"do":"link","source":"n1","target":"n2","hang":true,"from":{"at":"9s"},"for":"1500ms"}
      pause            | {"do":"pause","node":"n3","from":{"at":"9s"},"for":"1500ms"}
      partition        | {"do":"partition","pairs":[["n2","n1"]],"from":{"at":"9s"},"for":"1500ms"}
      kill             | {"do":"kill","node":"n1","from":{"at":"12s"},"for":"500ms"}
      stop             | {"do":"stop","node":"n2","from":{"at":"12s"},"for":"500ms"}
      disk.slow        | {"do":"disk","node":"n2","slow":"60ms","from":{"at":"1s"},"for":"3s"}
      disk.stall       | {"do":"disk","node":"n3","stall":true,"from":{"at":"5s"},"for":"2s"}
      disk.full        | {"do":"disk","node":"n2","full":true,"from":{"at":"5s"},"for":"2s"}
      disk.corrupt     | {"do":"disk","node":"n3","corrupt":true,"from":{"at":"12s"},"for":"1s"}
      kill.lose-unsynced | {"do":"kill","node":"n1","disk":"lose-unsynced","from":{"at":"15s"},"for":"300ms"}
      kill.torn        | {"do":"kill","node":"n2","disk":"torn","from":{"at":"15s"},"for":"300ms"}
      kill.wipe        | {"do":"kill","node":"n1","disk":"wipe","from":{"at":"18s"},"for":"300ms"}
      """;

  @TempDir private Path dir;

  @Test
  void thePageSaysWhatTheEnvironmentsSay() throws Exception {
    assumeTrue(Carrier.asked().isEmpty(), "another proxy was asked for");
    Faultline.Answer said = Faultline.run(dir, Map.of(), "list", "faults", "--markdown");
    Path page = Sources.root().resolve("docs/faults.md");
    assertThat(said.out())
        .as("write it again: ./faultline list faults --markdown > docs/faults.md")
        .isEqualTo(Files.readString(page));
    assertThat(said.out()).doesNotContain("no reason known");
  }

  /** A loaded machine may let a receipt slip by: what is missing then must come in a second run. */
  @Test
  void eachKindLeavesItsReceiptInLocal() {
    eachKindLeavesItsReceipt("local");
  }

  @Test
  void eachKindOfKitNodesLeavesItsReceiptInContainers() {
    eachKindLeavesItsReceipt("containers");
  }

  private void eachKindLeavesItsReceipt(String id) {
    Target target = Catalog.target("register");
    Environment environment = Catalog.environment(id);
    assumeTrue(environment.unavailable() == null, "no environment '" + id + "' here");
    Setup setup = new Setup("correct", id, Map.of(), 0, 0, 0, TIME, 1);
    Deployment deployment = target.deployment(setup);
    Map<String, String> moments = new LinkedHashMap<>();
    for (String line : PLAN.lines().toList()) {
      int bar = line.indexOf('|');
      moments.put(line.substring(0, bar).strip(), line.substring(bar + 1));
    }
    Set<String> open = new TreeSet<>(environment.capabilities(deployment));
    assertThat(moments.keySet()).as("kinds with a moment in the plan").containsAll(open);
    assertThat(open).hasSizeGreaterThan(20);
    List<String> seen = new ArrayList<>();
    for (int attempt = 0; attempt < 3 && !open.isEmpty(); attempt++) {
      List<String> faults = open.stream().map(moments::get).toList();
      for (FaultRecord fault : run(id, "{\"faults\":[" + String.join(",", faults) + "]}")) {
        seen.add(fault.kind() + ": " + fault.receipt());
        if (fault.proven()) {
          open.remove(fault.kind().replace("link.latency+link.jitter", "link.jitter"));
        }
      }
    }
    assertThat(open).as(seen.toString()).isEmpty();
  }

  private List<FaultRecord> run(String environment, String plan) {
    Request request =
        new Request(
            "register",
            null,
            environment,
            null,
            FaultPlan.fromJson(JsonView.parse("plan", plan)),
            List.of("all"),
            Map.of(),
            TIME,
            1L,
            0,
            0,
            0);
    try {
      Path own = Files.createTempDirectory(dir, "run");
      return Experiment.run(Experiment.plan(request), own, Progress.NONE).judgement().faults();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
