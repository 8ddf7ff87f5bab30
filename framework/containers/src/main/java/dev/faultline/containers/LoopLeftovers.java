package dev.faultline.containers;

import dev.faultline.harness.Warden;
import dev.faultline.harness.warden.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Nodes' disks that are mounted, and may be frozen, though their harness is dead. Thawed before
 * anything else: a process that waits for a frozen disk cannot be killed.
 */
public final class LoopLeftovers implements Warden.Leftovers {
  static final String ID = "loop-disks";

  private static final Path MOUNTS = Path.of("/proc/self/mounts");
  private static final String OWNER = "owner";
  private static final String MOUNTED = "mounted";

  private record Found(Path mounted, String run, boolean orphan) {
    String text() {
      return "disk " + mounted + " of run " + run;
    }
  }

  /** Says in the directory of a run's disks whose they are. */
  static void mark(Path directory, String runId) throws IOException {
    Files.writeString(
        directory.resolve(OWNER),
        ProcessHandle.current().pid() + " " + Instant.now().toEpochMilli() + " " + runId);
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public List<String> find() {
    return all().stream().filter(Found::orphan).map(Found::text).toList();
  }

  @Override
  public void heal(String runId) {
    all().stream().filter(f -> f.run.equals(runId)).forEach(f -> LoopDisk.heal(f.mounted));
  }

  @Override
  public List<String> remove(String runId) {
    List<String> removed = new ArrayList<>();
    for (Found found : all()) {
      if (runId.isEmpty() ? found.orphan : found.run.equals(runId)) {
        LoopDisk.release(found.mounted);
        removed.add(found.text());
      }
    }
    return removed;
  }

  private static List<Found> all() {
    List<Found> found = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(MOUNTS)) {
        String[] words = line.split(" ", 3);
        Found ours = words.length == 3 ? ours(Path.of(words[1])) : null;
        if (ours != null) {
          found.add(ours);
        }
      }
    } catch (IOException noMounts) {
      // Not Linux: nothing was mounted either.
    }
    return found;
  }

  /** A disk is DISKS/NODE/mounted, and DISKS/owner says whose it is. */
  private static @Nullable Found ours(Path mounted) {
    Path node = mounted.getParent();
    Path disks = node == null ? null : node.getParent();
    if (disks == null || !mounted.endsWith(MOUNTED)) {
      return null;
    }
    try {
      String[] owner = Files.readString(disks.resolve(OWNER)).split(" ", 3);
      if (owner.length != 3 || !(owner[0] + owner[1]).matches("\\d{2,36}")) {
        return null;
      }
      Instant made = Instant.ofEpochMilli(Long.parseLong(owner[1]));
      return new Found(mounted, owner[2], !Processes.parentLives(Long.parseLong(owner[0]), made));
    } catch (IOException notOurs) {
      return null;
    }
  }
}
