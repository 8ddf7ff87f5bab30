package dev.faultline.local;

import dev.faultline.harness.Warden;
import dev.faultline.harness.warden.Directories;
import dev.faultline.harness.warden.Processes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Directories with nodes' disks whose harness is dead. Each holds a file that names its run and its
 * harness.
 */
public final class DiskLeftovers implements Warden.Leftovers {
  private static final String PREFIX = "faultline-";
  private static final String OWNER = "owner";

  private record Found(Path directory, String run) {
    String text() {
      return "directory " + directory + " of run " + run;
    }
  }

  /** Makes a directory that can be found again. */
  static Path create(String runId) throws IOException {
    Path directory = Files.createTempDirectory(PREFIX);
    Files.writeString(
        directory.resolve(OWNER),
        ProcessHandle.current().pid() + " " + Instant.now().toEpochMilli() + " " + runId);
    return directory;
  }

  @Override
  public String id() {
    return "disks";
  }

  @Override
  public List<String> remove(String runId) {
    List<String> removed = new ArrayList<>();
    for (Found found : orphans()) {
      if ((runId.isEmpty() || found.run().equals(runId)) && Directories.delete(found.directory())) {
        removed.add(found.text());
      }
    }
    return removed;
  }

  @Override
  public List<String> find() {
    return orphans().stream().map(Found::text).toList();
  }

  private static List<Found> orphans() {
    List<Found> found = new ArrayList<>();
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    try (DirectoryStream<Path> all = Files.newDirectoryStream(temporary, PREFIX + "*")) {
      for (Path directory : all) {
        String[] owner = owner(directory).split(" ", 3);
        if (owner.length == 3 && owner[0].matches("\\d{1,18}") && owner[1].matches("\\d{1,18}")) {
          Instant made = Instant.ofEpochMilli(Long.parseLong(owner[1]));
          if (!Processes.parentLives(Long.parseLong(owner[0]), made)) {
            found.add(new Found(directory, owner[2]));
          }
        }
      }
    } catch (IOException nothingToBeSeen) {
      return found;
    }
    return found;
  }

  /** Empty for what is not ours to read. */
  private static String owner(Path directory) {
    Path file = directory.resolve(OWNER);
    try {
      return Files.isRegularFile(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
    } catch (IOException foreign) {
      return "";
    }
  }
}
