package dev.faultline.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.json.JsonView;
import dev.faultline.node.KeyedRandom;
import dev.faultline.node.process.Frames;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whole frames, lost, doubled and late, as a machine without a clock. */
final class FrameToxicTest {
  private static final long MILLI = 1_000_000;

  private final FaultCounts counts = FaultCounts.fresh();
  private final ByteArrayOutputStream came = new ByteArrayOutputStream();
  private final Deque<Chunk> in = new ArrayDeque<>();

  private final Toxic.Gate out =
      new Toxic.Gate() {
        @Override
        public boolean open() {
          return true;
        }

        @Override
        public void give(Chunk chunk) {
          came.write(chunk.bytes(), chunk.from(), chunk.length());
        }
      };

  private Toxic toxic(long loss, long duplicate, long reorder) {
    return Toxics.make(
        ToxicSpec.of(
            Toxics.FRAMES,
            Stream.UPSTREAM,
            Map.of("loss", loss, "duplicate", duplicate, "reorder", reorder)),
        KeyedRandom.of(3, "test"),
        counts,
        () -> {});
  }

  private void put(byte[] bytes, long now) {
    in.addLast(Chunk.copyOf(bytes, bytes.length, now));
  }

  /** A hello and a hundred frames, in pieces that know nothing of frames; then the end. */
  private List<Long> pass(Toxic toxic) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(Frames.hello("n1"));
    for (long n = 0; n < 100; n++) {
      all.write(Frames.encode(Map.of("n", n)));
    }
    byte[] bytes = all.toByteArray();
    long now = 0;
    for (int from = 0; from < bytes.length; from += 7) {
      put(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + 7)), now);
      long unused = toxic.move(in, out, now);
      now += MILLI / 4;
    }
    in.addLast(Chunk.END);
    long unused = toxic.move(in, out, now);
    return numbers();
  }

  private List<Long> numbers() throws IOException {
    DataInputStream stream = new DataInputStream(new ByteArrayInputStream(came.toByteArray()));
    List<Long> numbers = new ArrayList<>();
    for (JsonView frame = Frames.read("n1", stream);
        frame != null;
        frame = Frames.read("n1", stream)) {
      numbers.add(frame.find("hello") != null ? -1 : frame.get("n").integer());
    }
    return numbers;
  }

  @Test
  void aShareIsLostAndTheFirstIsNot() throws IOException {
    List<Long> numbers = pass(toxic(30, 0, 0));
    assertThat(counts.lost().sum()).isBetween(15L, 45L);
    assertThat(numbers).hasSize(101 - (int) counts.lost().sum()).isSorted().startsWith(-1L);
  }

  @Test
  void aShareComesTwiceAndNoneIsMissing() throws IOException {
    List<Long> numbers = pass(toxic(0, 30, 0));
    assertThat(counts.duplicated().sum()).isBetween(15L, 45L);
    assertThat(numbers).hasSize(101 + (int) counts.duplicated().sum());
    assertThat(numbers.stream().distinct()).hasSize(101);
  }

  @Test
  void framesOvertakeEachOtherAndNoneIsMissing() throws IOException {
    List<Long> numbers = pass(toxic(0, 0, 20));
    assertThat(counts.overtaken().sum()).isGreaterThan(10);
    assertThat(numbers).hasSize(101).doesNotHaveDuplicates();
    assertThat(numbers.stream().sorted().toList()).isNotEqualTo(numbers);
  }

  @Test
  void whatIsTakenAwayGivesWhatItHoldsAndThenTheRestInOrder() throws IOException {
    Stage stage =
        new Stage(ToxicSpec.of(Toxics.FRAMES, Stream.UPSTREAM, Map.of()), toxic(0, 0, 3_600_000));
    byte[] second = Frames.encode(Map.of("n", 1L));
    byte[] third = Frames.encode(Map.of("n", 2L));
    stage.take(Chunk.copyOf(Frames.hello("n1"), Frames.hello("n1").length, 0));
    stage.take(Chunk.copyOf(second, second.length, 0));
    stage.take(Chunk.copyOf(third, 5, 0));
    long unused = stage.move(out, 0);
    assertThat(numbersSoFar()).isEqualTo(1);
    byte[] rest = Arrays.copyOfRange(third, 5, third.length);
    stage.take(Chunk.copyOf(rest, rest.length, 0));
    stage.flush(out);
    assertThat(numbers()).containsExactly(-1L, 1L, 2L);
  }

  private int numbersSoFar() throws IOException {
    return numbers().size();
  }

  @Test
  void probesAndWhatIsNoFramePassAsTheyAre() throws IOException {
    put(Frames.probe("n1", 7, 100, false), 0);
    put(Frames.encode(Map.of("n", 1L)), 0);
    long unused = toxic(100, 0, 0).move(in, out, 0);
    assertThat(numbersOf(came)).isEqualTo(2);
    came.reset();
    byte[] text =
        "GET / HTTP/1.0\r\n\r\nGET / HTTP/1.0".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    put(text, 0);
    unused = toxic(100, 0, 0).move(in, out, 0);
    assertThat(came.toByteArray()).isEqualTo(text);
    assertThat(counts.lost().sum()).isZero();
  }

  private static int numbersOf(ByteArrayOutputStream bytes) throws IOException {
    DataInputStream stream = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    int frames = 0;
    while (Frames.read("n1", stream) != null) {
      frames++;
    }
    return frames;
  }
}
