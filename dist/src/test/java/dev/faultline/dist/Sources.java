package dev.faultline.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The source files of the whole tree. */
final class Sources {
  private static final List<String> ROOMS =
      List.of("framework", "workloads", "targets", "reports", "dist");

  /**
   * One file.
   *
   * @param path from the root of the tree, with slashes
   */
  record File(String path, List<String> lines) {}

  private Sources() {}

  /** The root of the tree. */
  static Path root() {
    return Path.of(System.getProperty("faultline.root", "..")).toAbsolutePath().normalize();
  }

  static List<File> all() throws IOException {
    return read(p -> p.endsWith(".java"));
  }

  static List<File> main() throws IOException {
    return read(p -> p.endsWith(".java") && p.contains("/src/main/java/"));
  }

  static List<File> services() throws IOException {
    return read(p -> p.contains("/src/main/resources/META-INF/services/"));
  }

  private static List<File> read(Predicate<String> wanted) throws IOException {
    List<File> files = new ArrayList<>();
    for (String room : ROOMS) {
      try (Stream<Path> walk = Files.walk(root().resolve(room))) {
        for (Path path : (Iterable<Path>) walk.sorted()::iterator) {
          String name = root().relativize(path).toString().replace('\\', '/');
          if (!name.contains("/target/") && Files.isRegularFile(path) && wanted.test(name)) {
            files.add(new File(name, Files.readAllLines(path)));
          }
        }
      }
    }
    if (files.isEmpty()) {
      throw new IllegalStateException("no sources under " + root());
    }
    return files;
  }
}
