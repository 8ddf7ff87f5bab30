package dev.faultline.dist;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.faultline.checker.Budget;
import dev.faultline.node.Node;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may know whom (DESIGN §2), and what each room must do without. */
class DirectionTest {
  private static final String ROOT = "dev.faultline";

  /** What a room may use besides itself; a room's own neighbours are theirs too. */
  private static final Map<String, List<String>> USES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("json", List.of()),
              Map.entry("history", List.of("json")),
              Map.entry("checker", List.of("history")),
              Map.entry("spec", List.of("history")),
              Map.entry("node", List.of("json")),
              Map.entry("harness", List.of("checker", "spec", "node")),
              Map.entry("proxy", List.of("harness")),
              Map.entry("sim", List.of("harness")),
              Map.entry("local", List.of("harness", "proxy")),
              Map.entry("containers", List.of("harness", "proxy")),
              Map.entry("workloads", List.of("harness")),
              Map.entry("targets", List.of("workloads")),
              Map.entry("reports", List.of("harness")),
              Map.entry("junit", List.of("harness")),
              Map.entry("blocking", List.of("node")),
              Map.entry("cli", List.of("harness", "blocking"))));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  static Set<String> rooms() {
    return USES.keySet();
  }

  private static String room(String packageName) {
    String[] parts = packageName.split("\\.");
    return parts.length < 3 ? "" : parts[2];
  }

  private static Set<String> reach(String room) {
    Set<String> all = new LinkedHashSet<>(Set.of(room));
    USES.getOrDefault(room, List.of()).forEach(next -> all.addAll(reach(next)));
    return all;
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void aRoomUsesOnlyTheRoomsBelowIt(String room) {
    Set<String> allowed = reach(room);
    classes()
        .that()
        .resideInAPackage(ROOT + "." + room + "..")
        .should()
        .onlyDependOnClassesThat(
            new DescribedPredicate<JavaClass>("lie in " + allowed + " or outside of Faultline") {
              @Override
              public boolean test(JavaClass used) {
                return !used.getPackageName().startsWith(ROOT)
                    || allowed.contains(room(used.getPackageName()));
              }
            })
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void everyRoomIsKnownHere() {
    assertThat(CLASSES).hasSizeGreaterThan(200);
    assertThat(
            CLASSES.stream()
                .map(c -> room(c.getPackageName()))
                .filter(r -> !r.isEmpty() && !r.equals("dist")))
        .isSubsetOf(USES.keySet());
  }

  @Test
  void aLibraryStaysInItsRoom() {
    Map<String, String> home =
        Map.of(
            "tools.jackson..", "json",
            "org.jgrapht..", "checker",
            "eu.rekawek.toxiproxy..", "proxy",
            "org.testcontainers..", "containers",
            "com.github.dockerjava..", "containers",
            "picocli..", "cli",
            "io.etcd..", "targets",
            "redis.clients..", "targets",
            "org.apache.zookeeper..", "targets",
            "org.apache.curator..", "targets");
    home.forEach((library, room) ->
        noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "." + room + "..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(library)
            .check(CLASSES));
  }

  @Test
  void checkersReadNoClockButTheBudget() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".checker..")
        .and()
        .doNotBelongToAnyOf(Budget.class)
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.time.Clock")
        .check(CLASSES);
  }

  /** It is to find what they have wrong. */
  @Test
  void theOracleSharesNothingWithWhatItJudges() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".checker.oracle..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            ROOT + ".checker.linear..", ROOT + ".checker.monitor..", ROOT + ".checker.model..")
        .check(CLASSES);
  }

  @Test
  void reportsKnowNothingThatRuns() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".reports..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            ROOT + ".harness.run..",
            ROOT + ".harness.gen..",
            ROOT + ".harness.nemesis..",
            ROOT + ".harness.host..",
            ROOT + ".harness.nodes..",
            ROOT + ".harness.warden..",
            ROOT + ".node..")
        .check(CLASSES);
  }

  @Test
  void aNodeTouchesNothingButItsEnv() {
    noClasses()
        .that()
        .areAssignableTo(Node.class)
        .and()
        .resideInAPackage(ROOT + ".targets..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.io..",
            "java.nio.file..",
            "java.nio.channels..",
            "java.net..",
            "java.util.concurrent..")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Thread.class)
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.time.Instant")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void whatDecidesNeverWaits() {
    noClasses()
        .that()
        .resideInAnyPackage(
            ROOT + ".history..",
            ROOT + ".checker..",
            ROOT + ".spec..",
            ROOT + ".harness.gen..",
            ROOT + ".harness.nemesis..",
            ROOT + ".harness.judge..",
            ROOT + ".workloads..")
        .and()
        // Waits for its own threads alone, which share the work of one check.
        .doNotHaveFullyQualifiedName(ROOT + ".checker.linear.Parallel")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(Thread.class)
        .allowEmptyShould(true)
        .check(CLASSES);
  }
}
