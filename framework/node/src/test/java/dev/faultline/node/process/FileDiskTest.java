package dev.faultline.node.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.node.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDiskTest {
  @TempDir Path temp;
  private final BlockingQueue<Runnable> loop = new LinkedBlockingQueue<>();
  private FileDisk disk;

  @BeforeEach
  void open() {
    disk = new FileDisk(temp.resolve("data"), loop::add);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private String text(String file) {
    return new String(disk.read(file), StandardCharsets.UTF_8);
  }

  @Test
  void whatIsWrittenIsReadAtOnceAndByTheNextIncarnation() {
    disk.append("log", bytes("abc"));
    disk.append("log", bytes("def"));
    disk.write("log", 2, bytes("XY"));
    assertThat(text("log")).isEqualTo("abXYef");
    disk.write("log", 6, bytes("!"));
    disk.truncate("log", 5);
    disk.replace("term", bytes("7"));
    disk.replace("term", bytes("8"));
    disk.append("gone", bytes("x"));
    disk.delete("gone");
    disk.delete("never-there");

    open();
    assertThat(text("log")).isEqualTo("abXYe");
    assertThat(text("term")).isEqualTo("8");
    assertThat(disk.list()).containsExactly("log", "term");
    assertThat(disk.read("nothing")).isEmpty();
  }

  @Test
  void aReplacementThatWasInterruptedLeavesTheOldContent() throws IOException {
    disk.replace("term", bytes("7"));
    Files.write(temp.resolve("data/term.replacing~"), bytes("8, and then the pow"));

    open();
    assertThat(text("term")).isEqualTo("7");
    assertThat(disk.list()).containsExactly("term");
    assertThat(temp.resolve("data/term.replacing~")).doesNotExist();
  }

  @Test
  void aSyncAnswersLaterAndOnTheLoop() throws InterruptedException {
    AtomicReference<Disk.Result> result = new AtomicReference<>();
    disk.append("log", bytes("abc"));
    disk.sync("log", result::set);

    Runnable callback = loop.poll(20, TimeUnit.SECONDS);
    assertThat(callback).isNotNull();
    assertThat(result.get()).isNull();
    callback.run();
    assertThat(result.get()).isEqualTo(Disk.Result.DURABLE);
  }

  @Test
  void whatIsNoPlainNameOrOutsideTheFileIsRefused() {
    for (String name : new String[] {"", ".", "..", "../x", "a/b", ".hidden", "x.replacing~"}) {
      assertThatThrownBy(() -> disk.append(name, bytes("x")))
          .as(name)
          .isInstanceOf(IllegalArgumentException.class);
    }
    disk.append("log", bytes("abc"));
    assertThatThrownBy(() -> disk.write("log", 4, bytes("x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("offset 4")
        .hasMessageContaining("3 bytes");
    assertThatThrownBy(() -> disk.truncate("log", 4)).isInstanceOf(IllegalArgumentException.class);
    assertThat(text("log")).isEqualTo("abc");
  }
}
