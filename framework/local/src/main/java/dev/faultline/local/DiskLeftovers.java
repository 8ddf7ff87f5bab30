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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Directories with nodes' disks whose harness is dead. The harness stands in the name, so that
 * there is no moment at which one has no owner; a file in it names the run.
 */
public final class DiskLeftovers implements Warden.Leftovers {
  private static final String PREFIX = "faultline-";
  private static final String RUN = "run";

  /** Process and time in milliseconds, and what no two have in common. */
  private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d{1,18})-(\\d{1,18})-\\d+");

  /**
   * One without a harness.
   *
   * @param run empty where its harness died before it could say
   */
  private record Found(Path directory, String run) {
    String text() {
      return "directory " + directory + " of run " + (run.isEmpty() ? "unknown" : run);
    }

    boolean isOf(String asked) {
      return asked.isEmpty() || run.isEmpty() || run.equals(asked);
    }
  }

  /** Makes a directory that can be found again. */
  static Path create(String runId) throws IOException {
    long pid = ProcessHandle.current().pid();
    long now = Instant.now().toEpochMilli();
    Path directory = Files.createTempDirectory("%s%d-%d-".formatted(PREFIX, pid, now));
    Files.writeString(directory.resolve(RUN), runId);
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
      if (found.isOf(runId) && Directories.delete(found.directory())) {
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
        Matcher name = NAME.matcher(String.valueOf(directory.getFileName()));
        if (name.matches()) {
          Instant made = Instant.ofEpochMilli(Long.parseLong(name.group(2)));
          if (!Processes.parentLives(Long.parseLong(name.group(1)), made)) {
            found.add(new Found(directory, run(directory)));
          }
        }
      }
    } catch (IOException nothingToBeSeen) {
      return found;
    }
    return found;
  }

  /** Empty where nothing says so. */
  private static String run(Path directory) {
    Path file = directory.resolve(RUN);
    try {
      return Files.isRegularFile(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
    } catch (IOException foreign) {
      return "";
    }
  }
}
