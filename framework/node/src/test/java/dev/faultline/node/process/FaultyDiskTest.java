package dev.faultline.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.node.Disk.Result;
import dev.faultline.node.KeyedRandom;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the next process finds, after each sort of trouble. */
final class FaultyDiskTest {
  private static final FaultyDisk.State FULL = new FaultyDisk.State(false, true, false, 0);
  private static final FaultyDisk.State STALL = new FaultyDisk.State(true, false, false, 0);
  private static final FaultyDisk.State CORRUPT = new FaultyDisk.State(false, false, true, 0);

  @TempDir private Path dir;
  private FaultyDisk.Damage damage = new FaultyDisk.Damage(0, 0, 0, 0, 0);
  private FaultyDisk disk =
      new FaultyDisk(
          new FileDisk(Path.of("."), Runnable::run),
          KeyedRandom.of(1, "disk"),
          Runnable::run,
          d -> {});

  @BeforeEach
  void open() {
    disk =
        new FaultyDisk(
            new FileDisk(dir, Runnable::run),
            KeyedRandom.of(1, "disk"),
            Runnable::run,
            d -> damage = d);
  }

  private void append(String text) {
    disk.append("f", text.getBytes(StandardCharsets.UTF_8));
  }

  private static CompletableFuture<Result> sync(FaultyDisk disk) {
    CompletableFuture<Result> done = new CompletableFuture<>();
    disk.sync("f", done::complete);
    return done;
  }

  private static Result in(CompletableFuture<Result> done) throws Exception {
    return done.get(30, TimeUnit.SECONDS);
  }

  private String seen() {
    return new String(disk.read("f"), StandardCharsets.UTF_8);
  }

  private String found() {
    return new String(new FileDisk(dir, Runnable::run).read("f"), StandardCharsets.UTF_8);
  }

  @Test
  void whatAFullDiskDidNotTakeIsShownButNeverThere() throws Exception {
    append("one ");
    assertThat(in(sync(disk))).isEqualTo(Result.DURABLE);
    disk.set(FULL);
    append("two ");
    assertThat(found()).isEqualTo("one ");
    assertThat(in(sync(disk))).isEqualTo(Result.FAILED);
    assertThat(damage.failed()).isEqualTo(1);
    disk.set(FaultyDisk.State.HEALTHY);
    append("three");
    assertThat(in(sync(disk))).isEqualTo(Result.DURABLE);
    assertThat(seen()).isEqualTo("one two three");
    assertThat(found()).isEqualTo("one \0\0\0\0three");
  }

  @Test
  void aStalledSyncEndsAfterTheHeal() throws Exception {
    disk.set(STALL);
    append("one");
    CompletableFuture<Result> done = sync(disk);
    assertThat(done).isNotDone();
    disk.set(FaultyDisk.State.HEALTHY);
    assertThat(in(done)).isEqualTo(Result.DURABLE);
  }

  @Test
  void aByteIsFlippedAsSoonAsThereIsOne() throws Exception {
    disk.set(CORRUPT);
    append("one");
    assertThat(in(sync(disk))).isEqualTo(Result.DURABLE);
    for (int i = 0; i < 3_000 && damage.flipped() == 0; i++) {
      Thread.onSpinWait();
      assertThat(in(sync(disk))).isEqualTo(Result.DURABLE);
    }
    assertThat(damage.flipped()).isEqualTo(1);
    assertThat(found()).hasSize(3).isNotEqualTo("one");
  }

  @Test
  void whoDiesWithSomethingUnsyncedLosesIt() throws Exception {
    append("one ");
    CompletableFuture<Long> lost = new CompletableFuture<>();
    disk.strike(false, TimeUnit.SECONDS.toNanos(20), lost::complete);
    append("two ");
    append("three");
    assertThat(lost.get(30, TimeUnit.SECONDS)).isBetween(1L, 2L);
    assertThat(found()).isEqualTo("one ");
  }

  @Test
  void ofATornWriteAPartIsThere() throws Exception {
    append("one ");
    CompletableFuture<Long> lost = new CompletableFuture<>();
    disk.strike(true, TimeUnit.SECONDS.toNanos(20), lost::complete);
    append("twothreefour");
    assertThat(lost.get(30, TimeUnit.SECONDS)).isEqualTo(1);
    assertThat("one twothreefour").startsWith(found());
    assertThat(found()).hasSizeBetween(5, 15);
  }

  @Test
  void afterAWipeNothingIsThere() {
    append("one");
    assertThat(disk.wipe()).isEqualTo(1);
    assertThat(disk.list()).isEmpty();
    assertThat(found()).isEmpty();
  }
}
