package dev.faultline.harness.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.harness.Client;
import dev.faultline.history.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class RecorderTest {
  private static final Recorder.Who C1 = new Recorder.Who(0, "read", null, "c1", "n1");

  @TempDir Path temp;

  private final HandScheduler scheduler = new HandScheduler();
  private final List<String> seen = new ArrayList<>();

  private void add(Entry entry) {
    seen.add(entry instanceof Entry.Op op ? op.client() + " " + op.type().word() : "phase");
  }

  @Test
  void callsWaitUntilWhatWasRecordedIsWritten() {
    Recorder recorder = new Recorder(scheduler, this::add);
    recorder.byTurns(() -> seen.add("written"));
    recorder.phase("run");
    recorder.call(() -> seen.add("c1 is called"));
    recorder.call(() -> seen.add("c2 is called"));
    recorder.turn();
    recorder.complete(C1, null, new Client.Result.Ok(1L), false);
    recorder.turn();
    assertThat(seen)
        .containsExactly("phase", "written", "c1 is called", "c2 is called", "c1 ok", "written");
  }

  @Test
  void whereTheSinkWritesAtOnceCallsDoNotWait() {
    Recorder recorder = new Recorder(scheduler, this::add);
    recorder.call(() -> seen.add("c1 is called"));
    assertThat(seen).containsExactly("c1 is called");
  }

  /** The bench's own proof, on a short round: every call is in the file, with its answer. */
  @Test
  @Timeout(60)
  void nothingIsLostAtFullSpeedUnderFaults() throws IOException {
    Path file = temp.resolve("history.jsonl");
    RecordBench.Round round = new RecordBench(16, Duration.ofMillis(700)).recorded(file, 1);
    RecordBench.Counted counted = RecordBench.count(file);
    assertThat(round.operations()).isGreaterThan(100).isEqualTo(round.calls());
    assertThat(counted.invocations()).isEqualTo(round.operations());
    assertThat(counted.completions()).isGreaterThanOrEqualTo(round.operations());
    assertThat(round.faults()).isEqualTo(2);
  }
}
