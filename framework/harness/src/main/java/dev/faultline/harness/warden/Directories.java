package dev.faultline.harness.warden;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Deletes directories with all that is in them; links are deleted, never followed. */
public final class Directories {
  private Directories() {}

  /** Deletes as much as can be deleted; whether nothing is left. */
  public static boolean delete(Path directory) {
    try {
      Files.walkFileTree(directory, new Deleting());
    } catch (IOException e) {
      return !Files.exists(directory);
    }
    return !Files.exists(directory);
  }

  private static final class Deleting extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      return remove(file);
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) {
      return remove(directory);
    }

    private static FileVisitResult remove(Path path) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException theRestCanStillGo) {
        return FileVisitResult.CONTINUE;
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
