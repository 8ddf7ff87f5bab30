package dev.faultline.cli.bench;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.warden.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Measures the checker, one bar after another. */
public final class CheckerBench {
  private final @Nullable Path histories;
  private final Peers peers;
  private final int scale;

  /**
   * @param peers a folder filled by {@code scripts/peers/install}, or null
   * @param histories a folder of recorded histories with their {@code MANIFEST.tsv}, or null
   * @param scale 1 for the real sizes; larger ones make a test of this code, not of speed
   * @param capSeconds of one check of a peer
   */
  public CheckerBench(@Nullable Path peers, @Nullable Path histories, int scale, long capSeconds) {
    this.peers = new Peers(peers, capSeconds);
    this.histories = histories;
    this.scale = scale;
  }

  /** Which peers are there and which are not. */
  public String peers() {
    return peers.found();
  }

  /**
   * Measures.
   *
   * @param bars numbers of {@code docs/benchmarks.md}; 0 is the table of crashed operations
   * @param out is told of each figure as soon as it is there
   */
  public void run(Set<Integer> bars, Consumer<Line> out) {
    Path scratch = null;
    try {
      scratch = Files.createTempDirectory("faultline-bench-");
      Room room = new Room(peers, scratch, histories, scale, bars, out);
      // First, as long as this process is small.
      new CommandRows(room).measure();
      new FormatRows(room).measure();
      new RecordedRows(room).measure();
      new MadeRows(room).measure();
      new CrashedRows(room).measure();
      new LimitRows(room).measure();
    } catch (IOException e) {
      throw new EnvironmentException("bench: " + e.getMessage(), e);
    } finally {
      if (scratch != null) {
        boolean unused = Directories.delete(scratch);
      }
    }
  }
}
