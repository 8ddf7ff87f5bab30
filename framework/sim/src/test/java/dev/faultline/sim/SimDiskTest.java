package dev.faultline.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.node.Disk;
import dev.faultline.node.Disk.Result;
import dev.faultline.node.Journal;
import dev.faultline.spec.Trouble;
import dev.faultline.spec.Unsynced;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a disk does to what is written, when it is well and when it is not. */
final class SimDiskTest {
  private static final Trouble STALL = new Trouble(true, false, false, Duration.ZERO);
  private static final Trouble FULL = new Trouble(false, true, false, Duration.ZERO);
  private static final Trouble CORRUPT = new Trouble(false, false, true, Duration.ZERO);
  private static final Trouble SLOW = new Trouble(false, false, false, Duration.ofMillis(70));

  private final List<Runnable> due = new ArrayList<>();
  private final List<Result> results = new ArrayList<>();
  private long longest;
  private final SimDisk disk =
      new SimDisk(
          7,
          "n1",
          (nanos, task) -> {
            longest = Math.max(longest, nanos);
            due.add(task);
          },
          () -> 0,
          (file, asked) -> {});

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private String content() {
    return new String(disk.read("f"), StandardCharsets.UTF_8);
  }

  private void sync() {
    disk.sync("f", results::add);
    pass();
  }

  /** Lets what is due happen. */
  private void pass() {
    List<Runnable> now = List.copyOf(due);
    due.clear();
    now.forEach(Runnable::run);
  }

  @Test
  void whatIsNotSyncedIsLostWholeWhenAsked() {
    disk.append("f", bytes("one "));
    sync();
    disk.append("f", bytes("two "));
    disk.replace("g", bytes("three"));
    assertThat(content()).isEqualTo("one two ");
    assertThat(disk.crash(Unsynced.LOSE)).isEqualTo(2);
    assertThat(content()).isEqualTo("one ");
    assertThat(disk.list()).containsExactly("f");
    assertThat(disk.crash(Unsynced.LOSE)).isZero();
  }

  @Test
  void aTornWriteIsThereInPartAndThoseBeforeItWhole() {
    disk.append("f", bytes("one "));
    disk.append("f", bytes("twenty-two"));
    assertThat(disk.crash(Unsynced.TORN)).isEqualTo(1);
    assertThat(content()).startsWith("one t").hasSizeLessThan("one twenty-two".length());
  }

  @Test
  void aReplacedFileIsNeverTorn() {
    disk.replace("f", bytes("old"));
    sync();
    disk.replace("f", bytes("new and longer"));
    assertThat(disk.crash(Unsynced.TORN)).isEqualTo(1);
    assertThat(content()).isEqualTo("old");
  }

  @Test
  void aCrashKeepsSomePrefixOfTheWrites() {
    List<String> seen = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      disk.replace("f", bytes(""));
      sync();
      disk.append("f", bytes("a"));
      disk.append("f", bytes("b"));
      long lost = disk.crash(Unsynced.KEEP_PREFIX);
      assertThat(content()).isEqualTo("ab".substring(0, 2 - (int) lost));
      seen.add(content());
    }
    assertThat(seen).contains("", "a", "ab");
  }

  @Test
  void aStalledSyncEndsAfterTheHealOrNeverIfTheNodeDies() {
    disk.append("f", bytes("one"));
    disk.set(STALL);
    sync();
    pass();
    assertThat(results).isEmpty();
    assertThat(disk.damage().stalled()).isEqualTo(1);
    disk.set(Trouble.NONE);
    pass();
    assertThat(results).containsExactly(Result.DURABLE);
    disk.append("f", bytes("two"));
    disk.set(STALL);
    sync();
    long lost = disk.crash(Unsynced.LOSE);
    disk.set(Trouble.NONE);
    pass();
    assertThat(lost).isEqualTo(1);
    assertThat(results).containsExactly(Result.DURABLE);
    assertThat(content()).isEqualTo("one");
  }

  /** What makes fsync's failures treacherous: the second call knows nothing of the first. */
  @Test
  void aSyncAfterAFailedOneSucceedsAndTheWritesAreLostAllTheSame() {
    disk.append("f", bytes("one "));
    sync();
    disk.append("f", bytes("two "));
    disk.set(FULL);
    sync();
    disk.set(Trouble.NONE);
    sync();
    disk.append("f", bytes("three"));
    sync();
    assertThat(results)
        .containsExactly(Result.DURABLE, Result.FAILED, Result.DURABLE, Result.DURABLE);
    assertThat(disk.damage().failed()).isEqualTo(1);
    assertThat(content()).isEqualTo("one two three");
    assertThat(disk.crash(Unsynced.LOSE)).isZero();
    assertThat(content()).isEqualTo("one \0\0\0\0three");
  }

  @Test
  void aFullDiskFailsNothingThatNeedsNoRoom() {
    disk.append("f", bytes("one"));
    sync();
    disk.set(FULL);
    sync();
    disk.truncate("f", 1);
    sync();
    assertThat(results).containsOnly(Result.DURABLE);
    long unused = disk.crash(Unsynced.LOSE);
    assertThat(content()).isEqualTo("o");
  }

  @Test
  void corruptionFlipsOneByteOfWhatWasSyncedAndShowsAfterARestart() {
    disk.set(CORRUPT);
    assertThat(disk.damage().flipped()).isZero();
    disk.append("f", bytes("0000000000"));
    sync();
    disk.set(CORRUPT);
    assertThat(disk.damage().flipped()).isEqualTo(1);
    assertThat(content()).isEqualTo("0000000000");
    long unused = disk.crash(Unsynced.LOSE);
    assertThat(content().chars().filter(c -> c != '0').count()).isEqualTo(1);
  }

  @Test
  void aSlowDiskTakesLonger() {
    sync();
    assertThat(longest).isLessThan(1_000_000);
    disk.set(SLOW);
    sync();
    assertThat(longest).isGreaterThan(70_000_000);
    assertThat(disk.damage().slowed()).isEqualTo(1);
  }

  /** Records that were called durable must be found, whatever the disk said in between. */
  @Test
  void aJournalIsNotFooledByASyncAfterAFailedOne() {
    Journal journal = new Journal(disk, "f");
    List<String> told = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      disk.set(i == 2 || i == 3 ? FULL : Trouble.NONE);
      String name = "r" + i;
      journal.append(Map.of("name", name));
      journal.durable(() -> told.add(name));
      if (i != 4) {
        pass();
      }
    }
    long unused = disk.crash(Unsynced.LOSE);
    assertThat(told).containsExactly("r0", "r1", "r4", "r5");
    assertThat(new Journal(disk, "f").found().stream().map(r -> r.get("name").string()))
        .containsExactly("r0", "r1", "r2", "r3", "r4", "r5");
  }

  /** The failed sync's answer is still to come when the next one begins. */
  @Test
  void aJournalDoesNotCountASyncThatBeganBeforeAnotherFailed() {
    Journal journal = new Journal(disk, "f");
    List<String> told = new ArrayList<>();
    journal.append(Map.of("name", "a"));
    journal.durable(() -> told.add("a"));
    journal.durable(() -> told.add("again"));
    disk.set(FULL);
    Runnable first = due.remove(0);
    first.run();
    disk.set(Trouble.NONE);
    pass();
    assertThat(told).isEmpty();
    long unused = disk.crash(Unsynced.LOSE);
    assertThat(new Journal(disk, "f").found()).isEmpty();
  }

  @Test
  void aJournalCutsAwayAHoleAndWhatFollowsIt() {
    byte[] first = record(1);
    byte[] hole = record(2);
    byte[] last = record(3);
    disk.append("f", first);
    sync();
    disk.append("f", hole);
    disk.set(FULL);
    sync();
    disk.set(Trouble.NONE);
    disk.append("f", last);
    sync();
    long unused = disk.crash(Unsynced.LOSE);
    Disk after = disk;
    assertThat(new Journal(after, "f").found()).hasSize(1);
    assertThat(disk.read("f")).isEqualTo(first);
  }

  /** The line that a journal writes for it. */
  private byte[] record(int n) {
    new Journal(disk, "other").append(Map.of("n", n));
    byte[] line = disk.read("other");
    disk.delete("other");
    return line;
  }
}
