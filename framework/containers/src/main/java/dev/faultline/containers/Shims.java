package dev.faultline.containers;

import dev.faultline.harness.Cluster.ClockReading;
import dev.faultline.harness.Cluster.ClockState;
import dev.faultline.harness.Deployment.Image;
import dev.faultline.harness.EnvironmentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The preloaded library in the containers of one run: who has it, what it is told, and what a
 * program beside the node then sees of the clock.
 */
final class Shims {
  /** Until the run renews it. */
  private static final Duration LEASE = Duration.ofSeconds(10);

  /** Where {@code faultline/shim} is copied to in images. */
  private static final String INSTALLED = "/usr/local/lib/faultline/";

  private static final String SEEN_AS = "/faultline/shim";
  private static final String FILE = "control";
  private static final String READER = INSTALLED + "faultline-clock";

  private final Path directory;
  private final Map<String, Shim> shims = new ConcurrentHashMap<>();

  Shims(Path directory) {
    this.directory = directory;
  }

  /** Preloads the library into what a container runs, if that is said to be of use. */
  void install(String node, Image image, Box box) {
    if (!image.dynamic()) {
      return;
    }
    try {
      Path own = Files.createDirectories(directory.resolve(node));
      Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwxrwxrwx"));
      shims.put(node, new Shim(own.resolve(FILE), LEASE));
      box.sharing(Map.of(own, SEEN_AS));
      box.withEnv("LD_PRELOAD", INSTALLED + "shim.so");
      box.withEnv("FAULTLINE_SHIM", SEEN_AS + "/" + FILE);
    } catch (IOException e) {
      throw new EnvironmentException("containers: " + directory + ": " + e.getMessage(), e);
    }
  }

  boolean has(String node) {
    return shims.containsKey(node);
  }

  /** The control file of a node that has the library. */
  Path file(String node) {
    return directory.resolve(node).resolve(FILE);
  }

  void set(String node, ClockState state) {
    shim(node).set(state);
  }

  /** Clocks stay wrong for this much longer. */
  void renew(Duration lease) {
    shims.values().forEach(shim -> shim.renew(lease));
  }

  /** How often the processes of a node were told a wrong time. */
  long wrongReadings(String node) {
    return shim(node).wrongReadings();
  }

  private Shim shim(String node) {
    Shim shim = shims.get(node);
    if (shim == null) {
      throw new EnvironmentException(node + " has no preloaded library");
    }
    return shim;
  }

  /** A program in the node's container reads its clock. */
  static ClockReading read(String node, Member member) {
    Engine.Said said = member.execute(READER);
    String @Nullable [] numbers = said.exit() == 0 ? said.out().strip().split(" ", -1) : null;
    if (numbers == null || numbers.length != 4) {
      throw new EnvironmentException(
          "%s: %s does not run in its container (exit code %d, '%s'); its image needs: COPY --from=faultline/shim / %s"
              .formatted(node, READER, said.exit(), said.out().strip(), INSTALLED));
    }
    long before = Long.parseLong(numbers[0]);
    long seen = Long.parseLong(numbers[1]);
    long real = Long.parseLong(numbers[2]);
    long after = Long.parseLong(numbers[3]);
    // One machine, one monotonic clock: the reader's is the harness's.
    return new ClockReading(seen - real, after - before, before, before);
  }
}
