package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wrong input: exit 3, one line with value, place and remedy, nothing on standard output. */
class UsageTest {
  @TempDir private Path dir = Path.of("");

  private static String refused(String... args) {
    Shell.Answer answer = Shell.faultline(args);
    assertThat(answer.exit()).as(answer.err()).isEqualTo(3);
    assertThat(answer.out()).isEmpty();
    assertThat(answer.err()).startsWith("faultline: ").endsWith("\n");
    assertThat(answer.err().lines()).hasSize(1);
    return answer.err().strip();
  }

  @Test
  void anUnknownTargetIsNamedWithTheNearest() {
    assertThat(refused("run", "toi"))
        .isEqualTo("faultline: no target 'toi' (did you mean toy?); see: faultline list targets");
  }

  @Test
  void anUnknownVariantIsNamedWithTheKnown() {
    assertThat(refused("run", "toy:forgetfull"))
        .contains("'forgetfull' (did you mean forgetful?)", "known: correct, forgetful");
  }

  @Test
  void anUnknownCommandIsNamedWithTheNearest() {
    assertThat(refused("rum", "toy")).contains("'rum'", "did you mean", "run");
  }

  @Test
  void anUnknownOptionIsNamedWithTheNearest() {
    assertThat(refused("run", "toy", "--seeds", "7"))
        .contains("'--seeds'", "--seed", "see: faultline run --help");
  }

  @Test
  void anUnknownWorkloadEnvironmentPropertyOrOptionOfTheTargetIsNamed() {
    assertThat(refused("run", "toy", "--workload", "cuont")).contains("'cuont'", "count");
    assertThat(refused("run", "toy", "--env", "benhc")).contains("'benhc'", "bench");
    assertThat(refused("run", "toy", "--expect", "toy.zero"))
        .contains("--expect toy.zero", "toy.no-zero");
    assertThat(refused("run", "toy", "-o", "sise=large")).contains("'sise'", "known: size");
    assertThat(refused("run", "toy", "-o", "size=huge")).contains("size=huge", "small, large");
  }

  @Test
  void aFaultThatTheEnvironmentCannotDoStopsBeforeTheStart() {
    assertThat(refused("run", "toy", "--faults", "kill"))
        .contains("--faults kill", "bench", "it can do: pause");
    assertThat(refused("run", "toy", "--faults", "explode")).contains("'explode'", "partition");
  }

  @Test
  void aMalformedPlanIsNamedWithItsPlace() throws IOException {
    Path plan = dir.resolve("plan.json");
    Files.writeString(
        plan,
        """
        {"faults": [{"do": "pause", "node": "n1", "from": {"at": "1s"}, "for": "1s"},
                    {"do": "explode", "node": "n1", "from": {"at": "1s"}, "for": "1s"}]}
        """);
    assertThat(refused("run", "toy", "--plan", plan.toString()))
        .contains("plan.json, faults[1]: no fault 'explode'; known: partition");
    Files.writeString(plan, "{\"faults\": [");
    assertThat(refused("run", "toy", "--plan", plan.toString())).contains("plan.json", "not JSON");
    assertThat(refused("run", "toy", "--plan", dir.resolve("none.json").toString()))
        .contains("none.json: there is no such file");
    assertThat(refused("run", "toy", "--plan", plan.toString(), "--faults", "pause"))
        .contains("leave out --faults");
  }

  @Test
  void valuesThatMakeNoSenseAreRefused() {
    assertThat(refused("run", "toy", "--time", "soon")).contains("'soon' is not a duration");
    assertThat(refused("run", "toy", "--time", "1ms")).contains("too short");
    assertThat(refused("run", "toy", "--seed", "x")).contains("--seed", "'x'");
    assertThat(refused("run", "toy", "--nodes", "-1")).contains("--nodes -1");
    assertThat(refused("run", "toy", "--rate", "-0.5")).contains("--rate -0.5");
    assertThat(refused("run", "toy", "--faults", "none,pause")).contains("'none' stands alone");
    assertThat(refused("run")).contains("TARGET");
    assertThat(refused("list", "towels")).contains("towels", "targets, workloads");
  }

  @Test
  void aRunThatCannotBeRepeatedIsNamed() {
    assertThat(refused("run", dir.resolve("gone").toString())).contains("gone", "run.json");
    assertThat(refused("run", dir.toString(), "--seed", "7")).contains("leave out --seed");
    assertThat(refused("report", dir.resolve("gone").toString())).contains("gone", "run.json");
  }

  @Test
  void aBugIsOneLineAndItsTraceIsShownWhenAsked() {
    String out = dir.resolve("run").toString();
    String[] run = {"run", "toy", "--faults", "none", "--out", out, "--quiet"};
    Shell.Answer answer = Shell.faultline(run);
    assertThat(answer.exit()).isEqualTo(3);
    assertThat(answer.err())
        .contains("the bench starts nothing", "--verbose")
        .doesNotContain("\tat dev.faultline");
    Shell.Answer verbose =
        Shell.faultline("run", "toy", "--faults", "none", "--out", out + "2", "--verbose");
    assertThat(verbose.exit()).isEqualTo(3);
    assertThat(verbose.err()).contains("\tat dev.faultline");
  }

  @Test
  void aRunDirectoryInUseIsRefused() throws IOException {
    Files.writeString(dir.resolve("precious"), "mine");
    assertThat(refused("run", "toy", "--faults", "none", "--quiet", "--out", dir.toString()))
        .contains("is not empty", "--out");
    assertThat(dir.resolve("precious")).hasContent("mine");
  }

  @Test
  void helpAndVersionAreNoErrors() {
    for (String command : new String[] {"run", "check", "report", "list", "doctor"}) {
      Shell.Answer help = Shell.faultline(command, "--help");
      assertThat(help.exit()).isZero();
      assertThat(help.out()).contains("faultline " + command);
    }
    assertThat(Shell.faultline("--version").out()).startsWith("faultline ");
    assertThat(Shell.faultline("--help").out()).contains("130 interrupted");
    assertThat(Shell.faultline().exit()).isEqualTo(3);
  }
}
