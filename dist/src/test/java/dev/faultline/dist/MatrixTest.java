package dev.faultline.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.dist.Faultline.Answer;
import dev.faultline.json.Json;
import dev.faultline.json.JsonView;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code matrix}: a cut of the real one holds, and it can fail. */
class MatrixTest {
  @TempDir private Path dir = Path.of("");

  @Test
  void everyVariantIsSilentOrShowsAsDeclared() throws Exception {
    Answer answer =
        Faultline.run(
            dir,
            Map.of(),
            "matrix",
            "grants",
            "register",
            "raft",
            "--faults=none,plans",
            "--seeds=1",
            "--schedules=8",
            "--write=matrix.md",
            "--json");
    assertThat(answer.exit()).as(answer.out() + answer.err()).isZero();
    JsonView matrix = JsonView.of("matrix", Json.read(answer.out()));
    assertThat(matrix.get("cells").list())
        .hasSizeGreaterThanOrEqualTo(16 + 2 * 12)
        .anySatisfy(cell -> {
          assertThat(cell.get("variant").string()).isEqualTo("token-reuse");
          assertThat(cell.get("under").string()).isEqualTo("plan:grants-token-reuse");
          assertThat(cell.get("found").map()).containsKey("lease.token-order");
        });
    assertThat(Files.readString(dir.resolve("matrix.md")))
        .contains("## grants", "## raft", "## register", "| correct | · | · |")
        .contains("| no-fencing † | · | **a 1/1** |");
  }

  @Test
  void aSearchFindsWhatIsDeclared() throws Exception {
    Answer answer =
        Faultline.run(
            dir,
            Map.of(),
            "matrix",
            "grants",
            "--faults=pause,clock.step,kill",
            "--seeds=1",
            "--schedules=5",
            "--json");
    assertThat(answer.exit()).as(answer.out() + answer.err()).isZero();
    assertThat(JsonView.of("matrix", Json.read(answer.out())).get("cells").list()).hasSize(18);
  }

  @Test
  void aWrongDeclarationIsAWrongCell() throws Exception {
    Path services = Files.createDirectories(dir.resolve("more/META-INF/services"));
    Files.writeString(
        services.resolve("dev.faultline.harness.Target"), Mislabelled.class.getName() + "\n");
    String classPath = dir.resolve("more") + File.pathSeparator + Faultline.classPath();
    Answer answer =
        Faultline.run(
            dir,
            Map.of("CLASSPATH", classPath),
            "matrix",
            "mislabelled",
            "--faults=none",
            "--seeds=1",
            "--schedules=20",
            "--length=8s");
    assertThat(answer.exit()).as(answer.out() + answer.err()).isEqualTo(1);
    assertThat(answer.out())
        .contains(
            "3 cells",
            "3 not as declared",
            "under none: linearizable broken by schedule",
            "(seed 1)")
        .contains("linearizable not found in 200 schedules")
        .contains("a broken variant that declares no breach");
  }

  @Test
  void aColumnThatIsNotThereIsRefused() throws Exception {
    Answer answer = Faultline.run(dir, Map.of(), "matrix", "register", "--faults=hail");
    assertThat(answer.exit()).isEqualTo(3);
    assertThat(answer.err()).contains("--faults hail: not in the matrix; known: none,");
  }
}
