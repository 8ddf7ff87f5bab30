package dev.faultline.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.node.KeyedRandom;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The built-in toxics as machines: exact times, no clock. A line is {@code millis:bytes}. */
final class ToxicsTest {
  @Test
  void latencyCountsFromArrivalAndKeepsOrder() {
    assertThat(run("latency", Map.of("latency", 100L), "0:a 30:b 300:c 310:END"))
        .containsExactly("100:a", "130:b", "400:c", "400:END");
  }

  @Test
  void jitterStaysWithinItsBoundsAndDependsOnTheSeedAlone() {
    List<String> one = run("latency", Map.of("latency", 100L, "jitter", 20L), "0:a 500:b 900:c");
    for (String line : one) {
      long sent = line.endsWith("a") ? 0 : line.endsWith("b") ? 500 : 900;
      assertThat(Long.parseLong(line.split(":", 2)[0]) - sent).isBetween(80L, 119L);
    }
    assertThat(run("latency", Map.of("latency", 100L, "jitter", 20L), "0:a 500:b 900:c"))
        .isEqualTo(one);
  }

  @Test
  void bandwidthSendsInPiecesOfATenthOfASecond() {
    // 1 KB/s: 100 bytes in 100 ms.
    assertThat(run("bandwidth", Map.of("rate", 1L), "0:" + "x".repeat(250) + " 0:y 1000:z"))
        .containsExactly(
            "100:" + "x".repeat(100),
            "200:" + "x".repeat(100),
            "250:" + "x".repeat(50),
            "251:y",
            "1001:z");
  }

  @Test
  void slowCloseDelaysTheEndAlone() {
    assertThat(run("slow_close", Map.of("delay", 50L), "0:a 10:END"))
        .containsExactly("0:a", "60:END");
  }

  @Test
  void timeoutSwallowsAndEndsAfterSilence() {
    assertThat(run("timeout", Map.of("timeout", 50L), "0:a 30:b")).containsExactly("80:END");
    assertThat(run("timeout", Map.of("timeout", 0L), "0:a 30:b")).isEmpty();
    assertThat(run("timeout", Map.of("timeout", 0L), "0:a 30:END")).containsExactly("30:END");
  }

  @Test
  void resetPeerWaitsForDataThenItsTime() {
    assertThat(run("reset_peer", Map.of("timeout", 5L), "20:a")).containsExactly("25:END");
    assertThat(run("reset_peer", Map.of("timeout", 0L), "20:END")).containsExactly("20:END");
  }

  @Test
  void limitDataCutsWithinAChunk() {
    assertThat(run("limit_data", Map.of("bytes", 3L), "0:ab 1:cd 2:ef"))
        .containsExactly("0:ab", "1:c", "1:END");
    assertThat(run("limit_data", Map.of("bytes", 0L), "4:ab")).containsExactly("4:END");
  }

  @Test
  void limitDataCountsOnWhenItIsChanged() {
    ToxicSpec spec = ToxicSpec.of("limit_data", Stream.UPSTREAM, Map.of("bytes", 3L));
    Stage stage = new Stage(spec, make(spec, 1));
    Script out = new Script();
    stage.take(chunk("ab", 0));
    assertThat(stage.move(out, 0)).isEqualTo(Toxic.NEVER);
    stage.update(spec, make(spec, 2));
    stage.take(chunk("cd", 0));
    assertThat(stage.move(out, 0)).isEqualTo(Toxic.NEVER);
    assertThat(out.lines).containsExactly("0:ab", "0:c", "0:END");
    assertThat(stage.room()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void slicesAreOfTheSizeAskedForAndLoseNothing(long seed) {
    String text = "0123456789".repeat(30);
    Map<String, Long> attributes =
        Map.of("average_size", 20L, "size_variation", 5L, "delay", 1000L);
    ToxicSpec spec = ToxicSpec.of("slicer", Stream.UPSTREAM, attributes);
    List<String> lines = run(make(spec, seed), "0:" + text);
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      String slice = lines.get(i).split(":", 2)[1];
      assertThat(slice.length()).as("seed %d", seed).isBetween(1, 25);
      assertThat(lines.get(i)).startsWith(i + ":");
      all.append(slice);
    }
    assertThat(all.toString()).as("seed %d", seed).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"latency", "bandwidth", "slicer", "slow_close", "noop"})
  void whatAToxicHoldsIsGivenOnWholeWhenItIsTakenAway(String type) {
    Map<String, Long> attributes =
        Map.of("latency", 1000L, "rate", 1L, "average_size", 4L, "delay", 1_000_000L);
    ToxicSpec spec = ToxicSpec.of(type, Stream.UPSTREAM, attributes);
    Stage stage = new Stage(spec, make(spec, 3));
    Script out = new Script();
    String text = "0123456789".repeat(30);
    stage.take(chunk(text, 0));
    stage.take(chunk("last", 0));
    for (long millis = 0; millis <= 150; millis += 50) {
      out.now = TimeUnit.MILLISECONDS.toNanos(millis);
      long unused = stage.move(out, out.now);
    }
    stage.flush(out);
    assertThat(out.bytes()).isEqualTo(text + "last");
  }

  @Test
  void takingATimeoutAwayEndsTheConnectionWhateverItsToxicity() {
    ToxicSpec spec = new ToxicSpec("t", "timeout", Stream.UPSTREAM, 0.0, Map.of("timeout", 0L));
    Stage stage = new Stage(spec, make(spec, 1));
    Script out = new Script();
    stage.take(chunk("a", 0));
    stage.flush(out);
    assertThat(out.lines).containsExactly("0:END");
  }

  @Test
  void resetDataCountsItsResetWhenTheBytesAreThrough() {
    FaultCounts counts = FaultCounts.fresh();
    Toxic toxic =
        Toxics.make(
            ToxicSpec.of("reset_data", Stream.UPSTREAM, Map.of("bytes", 5L)),
            KeyedRandom.of(1, "test"),
            counts,
            () -> {});
    assertThat(run(toxic, "0:abc 10:def 20:ghi")).containsExactly("0:abc", "10:de", "10:END");
    assertThat(counts.resets().sum()).isEqualTo(1);
  }

  @Test
  void corruptChangesOneByteOfAChunkAndSparesProbes() {
    FaultCounts counts = FaultCounts.fresh();
    ToxicSpec spec = ToxicSpec.of("corrupt", Stream.UPSTREAM, Map.of("percent", 100L));
    Toxic toxic = Toxics.make(spec, KeyedRandom.of(1, "test"), counts, () -> {});
    assertThat(toxic.endsWhenRemoved()).isFalse();
    Script out = new Script();
    Deque<Chunk> in = new ArrayDeque<>(List.of(chunk("abcdef", 0)));
    assertThat(toxic.move(in, out, 0)).isEqualTo(Toxic.NEVER);
    String changed = out.bytes();
    assertThat(changed).hasSize(6);
    int differ = 0;
    for (int i = 0; i < 6; i++) {
      differ += changed.charAt(i) == "abcdef".charAt(i) ? 0 : 1;
    }
    assertThat(differ).isEqualTo(1);
    assertThat(toxic.endsWhenRemoved()).isTrue();
    assertThat(counts.corrupted().sum()).isEqualTo(1);
    Toxic spared = Toxics.make(spec, KeyedRandom.of(2, "test"), counts, () -> {});
    assertThat(run(spared, "0:{\"probe\":1} 5:xyz 9:END"))
        .containsExactly("0:{\"probe\":1}", "5:xyz", "9:END");
    assertThat(spared.endsWhenRemoved()).isFalse();
  }

  private static List<String> run(String type, Map<String, Long> attributes, String script) {
    return run(make(ToxicSpec.of(type, Stream.UPSTREAM, attributes), 1), script);
  }

  /** Feeds a script, calling the machine when something comes and when it asked to be called. */
  private static List<String> run(Toxic toxic, String script) {
    Deque<Chunk> in = new ArrayDeque<>();
    Script out = new Script();
    Deque<String> coming = new ArrayDeque<>(List.of(script.split(" ", -1)));
    long wake = toxic.move(in, out, 0);
    while (!out.ended && (!coming.isEmpty() || wake != Toxic.NEVER)) {
      long next = coming.isEmpty() ? Toxic.NEVER : at(coming.getFirst());
      out.now = Math.min(next, wake);
      if (next <= out.now) {
        String text = coming.removeFirst().split(":", 2)[1];
        in.addLast(text.equals("END") ? Chunk.END : chunk(text, next));
      }
      wake = toxic.move(in, out, out.now);
    }
    return out.lines;
  }

  private static long at(String line) {
    return TimeUnit.MILLISECONDS.toNanos(Long.parseLong(line.split(":", 2)[0]));
  }

  private static Toxic make(ToxicSpec spec, long seed) {
    return Toxics.make(spec, KeyedRandom.of(seed, "test"), FaultCounts.fresh(), () -> {});
  }

  private static Chunk chunk(String text, long at) {
    return Chunk.copyOf(text.getBytes(StandardCharsets.US_ASCII), text.length(), at);
  }

  /** Takes all and notes when. */
  private static final class Script implements Toxic.Gate {
    final List<String> lines = new ArrayList<>();
    long now;
    boolean ended;

    @Override
    public boolean open() {
      return true;
    }

    @Override
    public void give(Chunk chunk) {
      ended |= chunk.end();
      String text =
          new String(chunk.bytes(), chunk.from(), chunk.length(), StandardCharsets.US_ASCII);
      lines.add(TimeUnit.NANOSECONDS.toMillis(now) + ":" + (chunk.end() ? "END" : text));
    }

    String bytes() {
      StringBuilder all = new StringBuilder();
      lines.forEach(line -> all.append(line.split(":", 2)[1]));
      return all.toString();
    }
  }
}
