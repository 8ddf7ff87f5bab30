package dev.faultline.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.harness.Environment;
import dev.faultline.harness.Target;
import dev.faultline.harness.run.Catalog;
import dev.faultline.json.JsonView;
import dev.faultline.proxy.Carrier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds {@code docs/faults.md} against the code, and each of its cells that says "yes" against a
 * run: the fault was carried out there, and its receipt is whole, the end's part too.
 */
@TestMethodOrder(OrderAnnotation.class)
final class FaultsTableTest {
  /** A loaded machine may let a receipt slip by: what is missing then must come in a later run. */
  private static final int RUNS = 3;

  /** A cell of the table. */
  private record Cell(String kind, String column) implements Comparable<Cell> {
    /** The class of target. */
    String classOf() {
      return column.substring(column.indexOf(',') + 2);
    }

    @Override
    public int compareTo(Cell other) {
      return toString().compareTo(other.toString());
    }
  }

  /** The cells whose receipts were seen by any test of this class. */
  private static final Set<Cell> VISITED = Collections.synchronizedSet(new TreeSet<>());

  private static final String[] HOSTED = {"hosted", "--time", "20s"};
  private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();

  @TempDir private Path dir = Path.of("");

  @AfterAll
  static void stopThreads() {
    THREADS.close();
  }

  @BeforeAll
  static void theProxiesAreTheDefaults() {
    assumeTrue(Carrier.asked().isEmpty(), "another proxy was asked for");
  }

  @Test
  @Order(1)
  void thePageSaysWhatTheEnvironmentsSay() throws Exception {
    Faultline.Answer said = Faultline.run(dir, Map.of(), "list", "faults", "--markdown");
    assertThat(said.out())
        .as("write it again: ./faultline list faults --markdown > docs/faults.md")
        .isEqualTo(page());
    assertThat(said.out()).doesNotContain("no reason known");
  }

  @Test
  @Order(2)
  void eachKindLeavesItsReceiptInSim() throws Exception {
    String[] register = {"register", "--time", "20s"};
    eachLeavesItsReceipt("sim", List.of("kit"), FaultsTablePlans.KIT, register);
  }

  @Test
  @Order(2)
  void eachKindLeavesItsReceiptInLocal() throws Exception {
    eachLeavesItsReceipt("local", List.of("kit", "client"), FaultsTablePlans.KIT, HOSTED);
  }

  @Test
  @Order(2)
  void eachKindOfKitNodesLeavesItsReceiptInContainers() throws Exception {
    eachLeavesItsReceipt("containers", List.of("kit", "client"), FaultsTablePlans.KIT, HOSTED);
  }

  /** Redis is loaded dynamically and has our library; etcd is static. Both at once, for time. */
  @Test
  @Order(2)
  void eachKindOfImagesLeavesItsReceiptInContainers() throws Exception {
    String[] redis = {
      "redis", "-o", "topology=sentinel", "--workload", "register", "--time", "12s"
    };
    String[] etcd = {"etcd", "--workload", "register", "--time", "12s"};
    Future<?> first =
        THREADS.submit(() -> {
          eachLeavesItsReceipt("containers", List.of("image"), FaultsTablePlans.PRELOADED, redis);
          return null;
        });
    eachLeavesItsReceipt("containers", List.of("plain image"), FaultsTablePlans.PLAIN, etcd);
    first.get();
  }

  /** With an injector that does nothing, the same faults leave no receipt. */
  @Test
  @Order(2)
  void anInjectorThatDoesNothingLeavesNoReceiptInLocal() throws Exception {
    List<String> faults =
        FaultsTablePlans.KIT.lines().map(l -> l.substring(l.indexOf('|') + 1)).toList();
    JsonView verdict = run("inert-local", faults, HOSTED);
    assertThat(verdict.get("status").string()).isEqualTo("void");
    List<JsonView> seen = verdict.get("faults").list();
    assertThat(seen).hasSameSizeAs(faults);
    assertThat(seen.stream().filter(f -> f.get("proven").bool()).map(JsonView::value)).isEmpty();
  }

  /** Where an environment is not there, its tests above were skipped. */
  @Test
  @Order(3)
  void everyCellThatSaysYesWasVisited() throws IOException {
    Set<Cell> open = yes();
    assertThat(open).hasSizeGreaterThan(100);
    open.removeIf(cell -> Catalog.environment(environment(cell.column)).unavailable() != null);
    open.removeAll(VISITED);
    assertThat(open).isEmpty();
  }

  private static String environment(String column) {
    return column.substring(0, column.indexOf(','));
  }

  private static String page() throws IOException {
    return Files.readString(Sources.root().resolve("docs/faults.md"));
  }

  private static Set<Cell> yes() throws IOException {
    Set<Cell> yes = new TreeSet<>();
    List<String> columns = List.of();
    for (String line : page().lines().filter(l -> l.startsWith("|")).toList()) {
      List<String> fields = Arrays.stream(line.split("\\|")).map(String::strip).skip(1).toList();
      if (fields.getFirst().equals("kind")) {
        columns = fields;
      }
      for (int i = 1; i < columns.size() && i < fields.size(); i++) {
        if (fields.get(i).equals("yes")) {
          yes.add(new Cell(fields.getFirst().replace("`", ""), columns.get(i)));
        }
      }
    }
    return yes;
  }

  private void eachLeavesItsReceipt(
      String environment, List<String> classes, String moments, String... target) throws Exception {
    assumeTrue(
        Catalog.environment(environment).unavailable() == null, "no '" + environment + "' here");
    Set<Cell> open = yes();
    open.removeIf(
        cell -> !environment(cell.column).equals(environment) || !classes.contains(cell.classOf()));
    assertThat(open).hasSizeGreaterThan(8);
    List<String> seen = new ArrayList<>();
    for (int attempt = 0; attempt < RUNS && !open.isEmpty(); attempt++) {
      List<String> faults = new ArrayList<>();
      for (String line : moments.lines().toList()) {
        String fault = line.substring(line.indexOf('|') + 1);
        String kind = line.substring(0, line.indexOf('|')).strip();
        if (open.contains(new Cell(kind, environment + ", " + classOf(fault)))) {
          faults.add(fault);
        }
      }
      for (JsonView fault : run(environment, faults, target).get("faults").list()) {
        seen.add(String.valueOf(fault.value()));
        // Jitter is that of a latency.
        String kind = fault.get("kind").string().replace("link.latency+", "");
        Cell cell = new Cell(kind, environment + ", " + classOf(fault.get("target").string()));
        if (fault.get("proven").bool() && fault.get("receipt").find("end") != null) {
          open.remove(cell);
          VISITED.add(cell);
        }
      }
    }
    assertThat(open).as(String.join("\n", seen)).isEmpty();
  }

  /** Of whoever is named in a fault of the plan, or in what became of it. */
  private static String classOf(String fault) {
    return FaultsTablePlans.CLASSES.entrySet().stream()
        .filter(one -> Pattern.compile("\\b" + one.getKey() + "[1-3]\\b").matcher(fault).find())
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(() -> new AssertionError("nobody is named in: " + fault));
  }

  /** The verdict of a run. */
  private JsonView run(String environment, List<String> faults, String... target) throws Exception {
    Path own = Files.createTempDirectory(dir, "run");
    Path plan = own.resolve("plan.json");
    Files.writeString(plan, "{\"faults\":[" + String.join(",\n", faults) + "]}");
    List<String> command = new ArrayList<>(List.of("run"));
    command.addAll(List.of(target));
    command.addAll(List.of("--env", environment, "--plan", plan.toString(), "--concurrency", "3"));
    // Networks and containers bear this name.
    Path out = own.resolve(String.valueOf(own.getFileName()));
    command.addAll(List.of("--seed", "1", "--out", out.toString()));
    Faultline.Answer answer =
        Faultline.run(
            own,
            Faultline.with(
                dir, Map.of(Target.class, Hosted.class, Environment.class, InertLocal.class)),
            Duration.ofMinutes(3),
            command.toArray(String[]::new));
    Path verdict = out.resolve("verdict.json");
    assertThat(verdict).as(answer.out() + answer.err()).exists();
    return JsonView.parse("verdict", Files.readString(verdict));
  }
}
