package dev.faultline.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.json.JsonView;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Journals survive a restart, and a torn last line. */
final class JournalTest {
  private final MemoryDisk disk = new MemoryDisk();

  @Test
  void whatWasAppendedIsFoundAgain() {
    Journal journal = new Journal(disk, "log");
    assertThat(journal.found()).isEmpty();
    journal.append(Map.of("n", 1L));
    journal.append(Map.of("n", 2L));
    assertThat(numbers(new Journal(disk, "log"))).containsExactly(1L, 2L);
  }

  @Test
  void aTornLastLineIsCutAway() {
    new Journal(disk, "log").append(Map.of("n", 1L));
    disk.append("log", "{\"n\":2".getBytes(StandardCharsets.UTF_8));
    Journal reopened = new Journal(disk, "log");
    assertThat(numbers(reopened)).containsExactly(1L);
    reopened.append(Map.of("n", 3L));
    assertThat(numbers(new Journal(disk, "log"))).containsExactly(1L, 3L);
  }

  /** Every bit of the file, the ends of its lines too. */
  @Test
  void whatTheDiskHasChangedIsNoRecord() {
    Journal journal = new Journal(disk, "log");
    journal.append(Map.of("n", 1L));
    journal.append(Map.of("n", 2L));
    byte[] whole = disk.read("log");
    for (int at = 0; at < whole.length; at++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] flipped = whole.clone();
        flipped[at] ^= (byte) (1 << bit);
        if (flipped[at] == 0) {
          continue; // As after a write that failed: what follows is cut away.
        }
        disk.replace("log", flipped);
        assertThatThrownBy(() -> new Journal(disk, "log"))
            .as("byte %d, bit %d", at, bit)
            .isInstanceOf(Journal.CorruptException.class)
            .hasMessageContaining("log, line ");
      }
    }
  }

  /** Wherever it was torn, and whatever of it is missing. */
  @Test
  void everyTornEndIsCutAway() {
    Journal journal = new Journal(disk, "log");
    journal.append(Map.of("n", 1L));
    int first = disk.read("log").length;
    journal.append(Map.of("n", 2L));
    byte[] whole = disk.read("log");
    for (int length = first; length < whole.length; length++) {
      disk.replace("log", Arrays.copyOf(whole, length));
      assertThat(numbers(new Journal(disk, "log"))).containsExactly(1L);
      assertThat(disk.read("log")).hasSize(first);
      disk.replace("log", Arrays.copyOf(Arrays.copyOf(whole, length), whole.length));
      assertThat(numbers(new Journal(disk, "log"))).containsExactly(1L);
    }
  }

  @Test
  void afterAFailedSyncNothingIsAnswered() {
    Journal journal = new Journal(disk, "log");
    int[] answers = {0};
    journal.durable(() -> answers[0]++);
    disk.result = Disk.Result.FAILED;
    journal.durable(() -> answers[0]++);
    assertThat(answers[0]).isEqualTo(1);
  }

  private static List<Long> numbers(Journal journal) {
    return journal.found().stream().map(r -> r.get("n")).map(JsonView::integer).toList();
  }

  /** Only what a journal uses; a sync calls back at once. */
  private static final class MemoryDisk implements Disk {
    private final Map<String, byte[]> files = new TreeMap<>();
    private Result result = Result.DURABLE;

    @Override
    public void append(String file, byte[] data) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.writeBytes(read(file));
      all.writeBytes(data);
      files.put(file, all.toByteArray());
    }

    @Override
    public void write(String file, long offset, byte[] data) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void replace(String file, byte[] data) {
      files.put(file, data);
    }

    @Override
    public byte[] read(String file) {
      return files.getOrDefault(file, new byte[0]);
    }

    @Override
    public void truncate(String file, long size) {
      files.put(file, Arrays.copyOf(read(file), (int) size));
    }

    @Override
    public List<String> list() {
      return List.copyOf(files.keySet());
    }

    @Override
    public void delete(String file) {
      files.remove(file);
    }

    @Override
    public void sync(String file, Consumer<Result> done) {
      done.accept(result);
    }
  }
}
