package dev.faultline.containers;

import dev.faultline.harness.EnvironmentException;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The harness's class path in one directory, so that containers can see all of it by one mount.
 * Files are linked where they lie on the same disk, else copied.
 */
final class ClassPathStage {
  private ClassPathStage() {}

  /**
   * Fills a directory.
   *
   * @param also classes whose code is needed besides this JVM's class path
   * @param seenAs where containers see the directory
   * @return the class path inside of them
   */
  static String fill(Path directory, List<Class<?>> also, String seenAs) {
    Set<Path> entries = new LinkedHashSet<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (!entry.isEmpty()) {
        entries.add(Path.of(entry).toAbsolutePath());
      }
    }
    also.forEach(type -> entries.add(source(type)));
    List<String> staged = new ArrayList<>();
    try {
      for (Path entry : entries) {
        if (Files.exists(entry)) {
          String name = "%03d-%s".formatted(staged.size(), entry.getFileName());
          put(entry, directory.resolve(name));
          staged.add(seenAs + "/" + name);
        }
      }
    } catch (IOException e) {
      throw new EnvironmentException(
          "containers: the class path in " + directory + ": " + e.getMessage(), e);
    }
    return String.join(":", staged);
  }

  private static Path source(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      throw new EnvironmentException("containers: no class path entry holds " + type.getName());
    }
    try {
      return Path.of(source.getLocation().toURI()).toAbsolutePath();
    } catch (URISyntaxException e) {
      throw new EnvironmentException("containers: class path of " + type.getName(), e);
    }
  }

  private static void put(Path from, Path to) throws IOException {
    if (Files.isDirectory(from)) {
      Files.walkFileTree(from, new Copying(from, to));
    } else {
      try {
        Files.createLink(to, from);
      } catch (IOException | UnsupportedOperationException anotherDisk) {
        Files.copy(from, to);
      }
    }
  }

  private static final class Copying extends SimpleFileVisitor<Path> {
    private final Path from;
    private final Path to;

    Copying(Path from, Path to) {
      this.from = from;
      this.to = to;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
        throws IOException {
      Files.createDirectories(to.resolve(from.relativize(directory).toString()));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      // Copied, not linked: a build may write these files anew while containers read them.
      Files.copy(file, to.resolve(from.relativize(file).toString()));
      return FileVisitResult.CONTINUE;
    }
  }
}
