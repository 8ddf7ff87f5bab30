package dev.faultline.harness.search;

import dev.faultline.checker.Checkers;
import dev.faultline.harness.VirtualTime;
import dev.faultline.harness.run.Catalog;
import dev.faultline.node.Node;
import dev.faultline.spec.FaultPlan;
import dev.faultline.spec.RunSpec;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Tells whether the code that a simulated run depends on has changed: hashes over class files.
 * Another compiler gives another revision of the same source.
 */
final class Revision {
  /** What a revision is called when class files cannot be read. */
  static final String UNKNOWN = "unknown";

  private Revision() {}

  /**
   * The target's code, and Faultline's that carries a schedule out and judges it; name to revision.
   */
  static Map<String, String> of(RunSpec spec) {
    Map<String, String> revisions = new TreeMap<>();
    revisions.put("target", of(List.of(Catalog.target(spec.target()).getClass())));
    revisions.put(
        "faultline",
        of(
            List.of(
                Catalog.environment("sim").getClass(),
                Catalog.workload(spec.workload()).getClass(),
                VirtualTime.class,
                Checkers.class,
                FaultPlan.class,
                Node.class)));
    return revisions;
  }

  /** A hash over the class files of these classes' packages, with those below them. */
  private static String of(List<Class<?>> places) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Class<?> place : places) {
        CodeSource source = place.getProtectionDomain().getCodeSource();
        if (source == null) {
          return UNKNOWN;
        }
        add(digest, source.getLocation().toURI(), place.getPackageName().replace('.', '/'));
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (IOException | URISyntaxException e) {
      return UNKNOWN;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static void add(MessageDigest digest, URI source, String directory) throws IOException {
    Path path = Path.of(source);
    if (Files.isDirectory(path)) {
      add(digest, path.resolve(directory));
      return;
    }
    try (FileSystem jar = FileSystems.newFileSystem(path)) {
      add(digest, jar.getPath(directory));
    }
  }

  private static void add(MessageDigest digest, Path directory) throws IOException {
    Map<String, Path> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(directory)) {
      all.filter(f -> f.toString().endsWith(".class"))
          .forEach(f -> files.put(directory.relativize(f).toString().replace('\\', '/'), f));
    }
    for (Map.Entry<String, Path> file : files.entrySet()) {
      digest.update(file.getKey().getBytes(java.nio.charset.StandardCharsets.UTF_8));
      try (InputStream in = Files.newInputStream(file.getValue())) {
        digest.update(in.readAllBytes());
      }
    }
  }
}
