package dev.faultline.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.dist.Faultline.Answer;
import dev.faultline.harness.Target;
import dev.faultline.harness.run.Catalog;
import dev.faultline.json.JsonView;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All our targets are deterministic in simulation, and the gate would say so if they were not. */
class GateTest {
  @TempDir private Path dir = Path.of("");

  private Answer gate(List<String> targets, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of("gate", "--quiet"));
    command.addAll(targets);
    command.addAll(List.of(options));
    return Faultline.run(dir, Shaky.onClassPath(dir), command.toArray(new String[0]));
  }

  @Test
  void everyTargetIsTheSameAgainAndInAnotherJvm() throws Exception {
    List<String> ours =
        Catalog.targets().stream()
            .filter(t -> t.getClass().getPackageName().startsWith("dev.faultline.targets."))
            .filter(t -> t.environments().contains("sim"))
            .map(Target::id)
            .toList();
    assertThat(ours).contains("grants", "register", "raft");
    Answer same = gate(ours, "--schedules", "4");
    assertThat(same.exit()).as(same.out() + same.err()).isZero();
    assertThat(same.out()).startsWith("the same: grants").contains("once with -Xint");
  }

  @Test
  void aClockIsSeenInOneJvmAndTheOrderOfASetInTheSecond() throws Exception {
    Answer caught =
        gate(
            List.of("shaky", "shaky:reads-a-clock", "shaky:iterates-a-set", "shaky:writes-a-set"),
            "--schedules",
            "2",
            "--length",
            "1s");
    assertThat(caught.exit()).as(caught.out() + caught.err()).isEqualTo(1);
    List<String> lines = caught.out().lines().toList();
    assertThat(lines)
        .anyMatch(line -> line.startsWith("NOT the same: shaky, shaky:reads-a-clock"))
        .filteredOn(line -> line.startsWith("shaky"))
        .satisfiesExactly(
            clock ->
                assertThat(clock)
                    .startsWith("shaky:reads-a-clock, schedule 0")
                    .contains("two runs in this JVM differ at event"),
            set ->
                assertThat(set)
                    .startsWith("shaky:iterates-a-set, schedule 0")
                    .contains("one with -Xint", "differ at event"),
            disk -> assertThat(disk).startsWith("shaky:writes-a-set, schedule 0"));
    assertThat(lines.stream().filter(line -> line.matches("  (first|second) .*")))
        .satisfiesExactly(
            a -> assertThat(a).contains("sent", "write_ok", "\"clock\":"),
            b -> assertThat(b).contains("sent", "write_ok", "\"clock\":"),
            a -> assertThat(a).contains("recorded", "stored", "\"beside\":"),
            b -> assertThat(b).contains("recorded", "stored", "\"beside\":"),
            a -> assertThat(a).contains("wrote", "n1 log append \"s"),
            b -> assertThat(b).contains("wrote", "n1 log append \"s"));
  }

  @Test
  void theSchedulesAreThoseOfASearch() throws Exception {
    Answer gate = gate(List.of("shaky"), "--schedules", "5", "--seed", "7", "--json");
    assertThat(gate.exit()).as(gate.out() + gate.err()).isZero();
    String[] explore = {"explore", "shaky", "--schedules", "5", "--seed", "7", "--json", "--quiet"};
    Answer search = Faultline.run(dir, Shaky.onClassPath(dir), explore);
    assertThat(search.exit()).as(search.out() + search.err()).isZero();
    assertThat(JsonView.parse("gate", gate.out()).get("hash").string())
        .isEqualTo(JsonView.parse("explore", search.out()).get("hash").string());
  }

  @Test
  void aFindingOfASearchIsRunAgainBeforeItIsTold() throws Exception {
    Answer answer =
        Faultline.run(
            dir,
            Shaky.onClassPath(dir),
            "explore",
            "shaky:forgets-at-times",
            "--schedules",
            "2",
            "--quiet");
    assertThat(answer.exit()).as(answer.out() + answer.err()).isEqualTo(3);
    assertThat(answer.err())
        .contains("gave two different histories: hashes ", "faultline gate shaky:forgets-at-times");
    assertThat(answer.out()).isEmpty();
    assertThat(dir.resolve("runs")).doesNotExist();
  }

  @Test
  void whatCannotBeTriedIsRefused() throws Exception {
    Answer real = gate(List.of("etcd"));
    assertThat(real.exit()).isEqualTo(3);
    assertThat(real.err()).contains("etcd runs in containers only, not in 'sim'");
    Answer none = gate(List.of("shaky"), "--schedules", "0");
    assertThat(none.exit()).isEqualTo(3);
    assertThat(none.err()).contains("--schedules 0: want 1 or more");
  }
}
