package dev.faultline.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.faultline.checker.Checker;
import dev.faultline.harness.Client;
import dev.faultline.harness.Target;
import dev.faultline.harness.Workload;
import dev.faultline.harness.gen.Generator;
import dev.faultline.harness.run.Catalog;
import dev.faultline.node.Node;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Node code does nothing that would not be the same again; and the lint sees it if it did. */
class NodeLintTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.faultline.node", "dev.faultline.json", "dev.faultline.targets");

  private static List<JavaClass> nodes(String packageName) {
    return CLASSES.stream()
        .filter(c -> c.isAssignableTo(Node.class) && c.getPackageName().startsWith(packageName))
        .toList();
  }

  @Test
  void nodeCodeOfEveryTargetIsTheSameAgain() {
    assertThat(NodeLint.findings(nodes("dev.faultline.targets."))).isEmpty();
  }

  /** What may do what others may not, each for a reason. */
  private static final Map<String, String> ALLOWED =
      Map.of(
          "Budget.java", "the one clock that a checker may read, and the memory there is",
          "Parallel.java", "decides parts on several threads, and answers as if one had",
          "Numbers.java",
              "values' hashes say where they are kept, and nothing is read in that order",
          "Async.java", "joins what is done",
          "FaultKinds.java", "a sorted map that nothing changes");

  @Test
  void whatDrivesAndJudgesASimulatedRunIsTheSameAgain() {
    JavaClasses all =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.faultline");
    List<JavaClass> roots =
        all.stream()
            .filter(c -> !c.getPackageName().equals("dev.faultline.dist"))
            .filter(c ->
                c.isAssignableTo(Workload.class)
                    || c.isAssignableTo(Client.Codec.class)
                    || c.isAssignableTo(Checker.class)
                    || c.isAssignableTo(Generator.class)
                    || c.getPackageName().equals("dev.faultline.sim")
                    || c.getPackageName().equals("dev.faultline.harness.nemesis"))
            .toList();
    assertThat(NodeLint.findings(roots))
        .filteredOn(f -> f.rule() != NodeRule.HASH_ORDER)
        .filteredOn(f -> ALLOWED.keySet().stream().noneMatch(f.place()::contains))
        .isEmpty();
  }

  @Test
  void everySimulatedTargetHasNodesThatAreLookedThrough() {
    for (Target target : Catalog.targets()) {
      if (target.environments().contains("sim")) {
        assertThat(nodes(target.getClass().getPackageName())).as(target.id()).isNotEmpty();
      }
    }
    assertThat(NodeLint.reachable(nodes("dev.faultline.targets.register")))
        .extracting(JavaClass::getSimpleName)
        .contains("RegisterNode", "Replica", "Version", "Journal", "Calls", "Json");
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Unruly.Clock.class,
        Unruly.ClockByReference.class,
        Unruly.ClockInLambda.class,
        Unruly.ClockInHelper.class,
        Unruly.RandomUnseeded.class,
        Unruly.RandomByReference.class,
        Unruly.RandomOfThread.class,
        Unruly.ThreadsOfItsOwn.class,
        Unruly.ThreadsOfPool.class,
        Unruly.ThreadsOfStream.class,
        Unruly.IdentityOfObject.class,
        Unruly.HashOrderOfMap.class,
        Unruly.HashOrderByReference.class,
        Unruly.HashOrderOfSetOf.class,
        Unruly.HashOrderOfMapOf.class,
        Unruly.HashOrderOfCollector.class,
        Unruly.MachineFile.class,
        Unruly.MachineByReference.class,
        Unruly.MutableStaticField.class,
        Unruly.MutableStaticList.class,
        Unruly.MutableStaticArray.class
      })
  void eachUnrulyClassIsFoundOnceByItsRule(Class<?> unruly) {
    List<NodeLint.Finding> findings = findings(unruly);
    assertThat(findings).hasSize(1);
    String rule = findings.get(0).rule().toString().replace("_", "").toLowerCase(Locale.ROOT);
    assertThat(unruly.getSimpleName().toLowerCase(Locale.ROOT)).startsWith(rule);
  }

  @Test
  void whatIsAllowedIsNotFound() {
    assertThat(findings(Unruly.Nothing.class)).isEmpty();
  }

  private static List<NodeLint.Finding> findings(Class<?> type) {
    JavaClasses classes = new ClassFileImporter().importClasses(type, Unruly.Clock.class);
    return NodeLint.findings(List.of(classes.get(type)));
  }

  @Test
  void aClockThatIsPutIntoARealNodeIsFound(@TempDir Path dir) throws Exception {
    Path source =
        Sources.root()
            .resolve("targets/patterns/register/src/main/java/dev/faultline/targets/register")
            .resolve("RegisterNode.java");
    String text = Files.readString(source);
    String before = "public void onMessage(String from, Message message) {";
    assertThat(text).contains(before);
    assertThat(NodeLint.findings(List.of(compiled(dir.resolve("a"), text)))).isEmpty();
    String changed = text.replace(before, before + " long now = System.nanoTime();");
    assertThat(NodeLint.findings(List.of(compiled(dir.resolve("b"), changed))))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.rule()).isEqualTo(NodeRule.CLOCK);
          assertThat(finding.toString())
              .contains("RegisterNode.java:", "java.lang.System.nanoTime()", "use Env.clock");
        });
  }

  private static JavaClass compiled(Path dir, String text) throws Exception {
    Path source = Files.createDirectories(dir).resolve("RegisterNode.java");
    Files.writeString(source, text);
    int exit =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                Faultline.classPath(),
                "-d",
                dir.toString(),
                source.toString());
    assertThat(exit).isZero();
    return new ClassFileImporter()
        .importPath(dir)
        .get("dev.faultline.targets.register.RegisterNode");
  }
}
