package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.harness.run.Experiment;
import dev.faultline.harness.run.Progress;
import dev.faultline.harness.run.Request;
import dev.faultline.history.Entry;
import dev.faultline.history.History;
import dev.faultline.json.Json;
import dev.faultline.spec.RunSpec;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunWatchTest {
  private final RunWatch watch = new RunWatch();

  private static void run(Progress watch) {
    RunSpec spec =
        Experiment.plan(
            new Request(
                "toy:forgetful",
                null,
                null,
                List.of(),
                null,
                List.of(),
                Map.of(),
                null,
                7L,
                0,
                0,
                0));
    Map<String, String> members = new LinkedHashMap<>();
    members.put("s", "server");
    members.put("h1", "holder");
    members.put("h2", "holder");
    watch.planned(spec, Path.of("runs/x"), members);
    watch.phase("run");
    for (Entry entry :
        History.parse(
                """
                1000 p0 invoke read
                2000 p0 ok read 1
                3000 p1 invoke read
                4000 h1 event keeping {}
                4500 f1 pause start {"target":"h1"}
                5000 f1 pause effect {"state":"stopped"}
                10000 p1 info read
                """)
            .entries()) {
      watch.entry(entry);
    }
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (String line = watch.nextLine(); line != null; line = watch.nextLine()) {
      lines.add(line);
    }
    return lines;
  }

  @Test
  void theFirstLineHasEverythingThatMakesTheRun() {
    run(watch);
    assertThat(lines().get(0))
        .isEqualTo("toy:forgetful · count · bench: server, 2 holders · seed 7 · no faults");
  }

  @Test
  void aFaultIsToldWhenItIsProven() {
    run(watch);
    assertThat(lines().get(1)).contains("5.000", "f1", "pause", "h1", "proven");
  }

  @Test
  void theStatusCountsAndKnowsWhomSelectorsMean() {
    run(watch);
    assertThat(watch.status())
        .isEqualTo("run   10.0/20 s   0 op/s   ok 1  fail 0  info 1   keeper h1");
    watch.ended();
    assertThat(watch.status()).isEmpty();
    assertThat(watch.panel(100)).isEmpty();
  }

  @Test
  void thePanelHasWhatIsOnAndWhatWentWrong() {
    run(watch);
    assertThat(watch.panel(100))
        .containsExactly(
            "run   ██████████░░░░░░░░░░  10.0/20 s, 10 s left   0 op/s   ok 1  fail 0  info 1",
            "faults   f1 pause h1",
            "now      keeper h1",
            "error    10.000  process 1 read: null");
    assertThat(watch.panel(40)).allMatch(line -> line.length() < 40);
    for (Entry entry : History.parse("11000 f1 pause end {}\n").entries()) {
      watch.entry(entry);
    }
    assertThat(watch.panel(100).get(1)).isEqualTo("faults   none now, 1 over");
  }

  @Test
  void aRunThatWaitsForItsNodesSaysSoOnce() {
    watch.phase("start");
    assertThat(watch.status()).isEqualTo("start  the nodes come up").isEqualTo(watch.status());
    assertThat(watch.panel(100)).singleElement().asString().startsWith("start  the nodes come up");
  }

  @Test
  void programsAreToldALineForEachEvent(@TempDir Path dir) throws Exception {
    Path file = dir.resolve("events.jsonl");
    try (JsonEvents events = new JsonEvents(file.toString(), Terminal.system())) {
      run(events);
    }
    List<Map<String, @Nullable Object>> lines =
        Files.readAllLines(file).stream().map(Json::readObject).toList();
    assertThat(lines)
        .extracting(line -> line.get("event"))
        .containsExactly("planned", "phase", "node", "fault", "fault");
    assertThat(lines.get(0)).containsEntry("target", "toy:forgetful").containsEntry("seed", 7L);
    assertThat(lines.get(4))
        .containsEntry("time", 5_000_000_000L)
        .containsEntry("id", "f1")
        .containsEntry("phase", "effect");
  }

  @Test
  void withoutATerminalThereAreNoControlCharacters() {
    assertThat(drawn(false, false)).doesNotContain("\r", "\u001b").contains("seed 7", "proven");
  }

  @Test
  void onATerminalTheLineIsErasedAndColourIsOnlyThereWhenWanted() {
    assertThat(drawn(true, false)).contains("seed 7", "proven").doesNotContain("\u001b[2m");
  }

  private String drawn(boolean onTerminal, boolean colour) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    Terminal terminal = new Terminal(stream, stream, onTerminal, onTerminal, 100, true);
    try (LiveProgress progress = new LiveProgress(terminal, colour)) {
      run(progress.listener());
    }
    return err.toString(StandardCharsets.UTF_8);
  }
}
