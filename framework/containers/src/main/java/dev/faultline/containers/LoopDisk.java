package dev.faultline.containers;

import dev.faultline.harness.EnvironmentException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A file system of its own for one node's state, in a file of this machine: it can be frozen, so
 * that whoever writes waits, and filled. Takes root.
 */
final class LoopDisk implements AutoCloseable {
  /** Sparse; etcd alone lays 128 MB aside. */
  private static final long BYTES = 512L << 20;

  private static final long WITHIN_SECONDS = 20;
  private static final List<String> COMMANDS =
      List.of("mkfs.ext4", "mount", "umount", "fsfreeze", "fallocate");
  private static final List<Path> PATH =
      List.of(Path.of("/usr/sbin"), Path.of("/sbin"), Path.of("/usr/bin"), Path.of("/bin"));

  private final Path mounted;
  private boolean frozen;

  private LoopDisk(Path mounted) {
    this.mounted = mounted;
  }

  /** Why none can be made on this machine; null if one can. */
  static @Nullable String unavailable() {
    if (!"root".equals(System.getProperty("user.name"))) {
      return "a disk of a node's own is a loop device, which takes root";
    }
    if (!Files.exists(Path.of("/dev/loop-control"))) {
      return "this machine has no loop devices (/dev/loop-control)";
    }
    for (String command : COMMANDS) {
      if (PATH.stream().noneMatch(p -> Files.isExecutable(p.resolve(command)))) {
        return "there is no " + command + " on this machine; install e2fsprogs and util-linux";
      }
    }
    return null;
  }

  /** Makes an empty one in a directory. */
  static LoopDisk make(Path directory) {
    Path image = directory.resolve("image");
    Path mounted = directory.resolve("mounted");
    try {
      Files.createDirectories(mounted);
      try (FileChannel channel =
          FileChannel.open(image, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.allocate(1), BYTES - 1);
      }
      run("mkfs.ext4", "-q", "-F", "-m", "0", image.toString());
      run("mount", "-o", "loop", image.toString(), mounted.toString());
      Files.setPosixFilePermissions(mounted, PosixFilePermissions.fromString("rwxrwxrwx"));
      return new LoopDisk(mounted);
    } catch (IOException e) {
      throw new EnvironmentException(
          "containers: a disk in " + directory + ": " + e.getMessage(), e);
    }
  }

  /** Where it is on this machine. */
  Path mounted() {
    return mounted;
  }

  /** From now on whoever writes waits. */
  synchronized void freeze() {
    if (!frozen) {
      command("fsfreeze", "-f", mounted.toString());
      frozen = true;
    }
  }

  synchronized void thaw() {
    if (frozen) {
      // If the harness hung, somebody else has done it.
      letGo(mounted);
      frozen = false;
    }
  }

  /** Leaves no room. */
  void fill() {
    try {
      long room = Files.getFileStore(mounted).getUsableSpace();
      run("fallocate", "-l", Long.toString(Math.max(4096, room)), ballast().toString());
    } catch (IOException notAllAtOnce) {
      // The rest is filled in pieces.
    }
    ByteBuffer piece = ByteBuffer.allocate(4096);
    try (FileChannel channel =
        FileChannel.open(
            ballast(),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.APPEND)) {
      for (long written = 0; written < BYTES; written += piece.capacity()) {
        piece.clear();
        channel.write(piece);
      }
    } catch (IOException full) {
      // As was wanted.
    }
  }

  /** Gives the room back. */
  void empty() {
    try {
      Files.deleteIfExists(ballast());
    } catch (IOException e) {
      throw new EnvironmentException("containers: " + ballast() + ": " + e.getMessage(), e);
    }
  }

  private Path ballast() {
    return ballast(mounted);
  }

  private static Path ballast(Path mounted) {
    return mounted.resolve(".faultline-ballast");
  }

  /** Whoever uses it still can, until he is gone. */
  @Override
  public void close() {
    thaw();
    release(mounted);
  }

  /** Unmounts what may be frozen and in use. */
  static void release(Path mounted) {
    letGo(mounted);
    try {
      run("umount", "-l", mounted.toString());
    } catch (IOException notMounted) {
      // Nothing to do.
    }
  }

  /** Takes back what may be wrong with a disk that nobody holds any more. */
  static void heal(Path mounted) {
    letGo(mounted);
    try {
      Files.deleteIfExists(ballast(mounted));
    } catch (IOException itIsGoneAlready) {
      // Then it is not full of it.
    }
  }

  /** Thaws what may not be frozen. */
  static void letGo(Path mounted) {
    try {
      run("fsfreeze", "-u", mounted.toString());
    } catch (IOException notFrozen) {
      // Nothing to do.
    }
  }

  private static void command(String... command) {
    try {
      run(command);
    } catch (IOException e) {
      throw new EnvironmentException("containers: " + e.getMessage(), e);
    }
  }

  private static void run(String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().merge("PATH", "/usr/sbin:/sbin", (a, b) -> a + ":" + b);
    Process process = builder.start();
    process.getOutputStream().close();
    try {
      if (!process.waitFor(WITHIN_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException(
            "'%s' does not end within %d s".formatted(String.join(" ", command), WITHIN_SECONDS));
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.exitValue() != 0) {
      throw new IOException(
          "'%s' failed: %s".formatted(String.join(" ", command), said.strip().replace('\n', ' ')));
    }
  }
}
