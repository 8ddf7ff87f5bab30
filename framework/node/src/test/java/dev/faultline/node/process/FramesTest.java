package dev.faultline.node.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.json.JsonView;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class FramesTest {
  private static DataInputStream stream(byte[]... parts) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.write(part);
    }
    return new DataInputStream(new ByteArrayInputStream(all.toByteArray()));
  }

  private static JsonView next(DataInputStream in) throws IOException {
    return Objects.requireNonNull(Frames.read("n1", in), "the stream ended");
  }

  @Test
  void framesComeBackInOrderAndThenTheEnd() throws IOException {
    DataInputStream in =
        stream(Frames.hello("n1"), Frames.encode(Map.of("type", "é", "long", "x".repeat(70_000))));

    assertThat(next(in).get("hello").string()).isEqualTo("n1");
    JsonView message = next(in);
    assertThat(message.get("type").string()).isEqualTo("é");
    assertThat(message.get("long").string()).hasSize(70_000);
    assertThat(Frames.read("n1", in)).isNull();
  }

  @Test
  void aFrameThatIsCutShortIsAnErrorAndNoEnd() throws IOException {
    byte[] whole = Frames.hello("n1");
    for (int length = 1; length < whole.length; length++) {
      DataInputStream in = stream(Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Frames.read("n1", in))
          .as("first %d bytes", length)
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void whatIsNoFrameIsNamedWithItsSender() throws IOException {
    DataInputStream http = stream("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
    assertThatThrownBy(() -> Frames.read("127.0.0.1:9", http))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("127.0.0.1:9")
        .hasMessageContaining("length");

    byte[] hello = Frames.hello("n1");
    hello[hello.length - 3] ^= 1;
    DataInputStream changed = stream(hello);
    assertThatThrownBy(() -> Frames.read("c1", changed))
        .isInstanceOf(IOException.class)
        .hasMessage("frame from c1: its 14 bytes were changed on their way");
  }

  @Test
  void noByteOfAFrameCanBeChangedUnseen() {
    for (int at = 0; at < Frames.hello("n1").length; at++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] frame = Frames.hello("n1");
        frame[at] ^= (byte) (1 << bit);
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(frame));
        assertThatThrownBy(() -> Frames.read("n1", in)).isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void aProbeHasTheSizeAskedFor() {
    assertThat(Frames.probe("n1", 7, 1_000, false)).hasSize(1_000);
    assertThat(Frames.probe("n1", 7, 64_000, true)).hasSize(64_000);
    assertThat(Frames.probe("n1", 7, 1, false).length).isBetween(20, 60);
  }
}
