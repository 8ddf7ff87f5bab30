package dev.faultline.cli;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.run.Experiment;
import dev.faultline.json.JsonView;
import dev.faultline.spec.RunSpec;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Where runs lie. */
final class RunDirectories {
  private static final Path RUNS = Path.of("runs");
  private static final String SPEC = "run.json";

  private RunDirectories() {}

  /** Whether a person means a run rather than a target: a path, or a directory that holds one. */
  static boolean isRun(String text) {
    return text.contains("/")
        || text.endsWith(".json")
        || text.startsWith(".")
        || !text.contains(":") && Files.exists(Path.of(text).resolve(SPEC));
  }

  /** The spec of a run, from its directory or from the file alone, under a new id. */
  static RunSpec load(Path path) {
    return Files.isRegularFile(path)
        ? RunSpec.fromJson(JsonView.parse(path.toString(), Values.text(path)))
        : Experiment.load(path);
  }

  /** A new directory under {@code runs/}; two runs of one second get different ones. */
  static Path fresh(String id) {
    try {
      Files.createDirectories(RUNS);
      for (int i = 1; ; i++) {
        Path dir = RUNS.resolve(i == 1 ? id : id + "-" + i);
        try {
          return Files.createDirectory(dir);
        } catch (FileAlreadyExistsException taken) {
          // Another run of the same second: try the next name.
        }
      }
    } catch (IOException e) {
      throw new EnvironmentException(
          RUNS + "/" + id + ": cannot be created (" + e.getMessage() + "); name one with --out", e);
    }
  }

  /** Removes a directory in which nothing came to lie. */
  static void removeIfEmpty(Path dir) {
    try {
      Files.deleteIfExists(dir);
    } catch (DirectoryNotEmptyException | NoSuchFileException theUsualCase) {
      // It holds a run.
    } catch (IOException e) {
      // An empty directory that stays harms nobody.
    }
  }
}
