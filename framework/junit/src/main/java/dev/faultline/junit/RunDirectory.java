package dev.faultline.junit;

import dev.faultline.harness.EnvironmentException;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Where a run's files go: {@code target/faultline/CLASS/METHOD/SEED}. */
final class RunDirectory {
  private static final String OUT = "faultline.out";

  private RunDirectory() {}

  /** The directory of a run; what an earlier run left there is deleted. */
  static Path fresh(ExtensionContext context, Method method, long seed) {
    Path out = Path.of(context.getConfigurationParameter(OUT).orElse("target/faultline"));
    Path dir =
        out.resolve(className(method)).resolve(method.getName()).resolve(Long.toString(seed));
    try {
      if (Files.exists(dir, LinkOption.NOFOLLOW_LINKS)) {
        delete(dir);
      }
      Files.createDirectories(dir.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw new EnvironmentException(
          dir + ": cannot replace an older run: " + e.getMessage() + "; delete it", e);
    }
    return dir;
  }

  /** As {@code -Dtest} has it: {@code Outer$Inner}, without the package. */
  static String className(Method method) {
    String name = method.getDeclaringClass().getName();
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static void delete(Path dir) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(dir)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }
}
