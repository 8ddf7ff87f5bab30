package dev.faultline.node.process;

import dev.faultline.node.Disk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A node's files in one directory of the real disk. Writes go to the file at once and a sync forces
 * them to the device; so what is not synced survives the death of the process, though not that of
 * the machine. An error in anything but a sync ends the node.
 */
final class FileDisk implements Disk {
  /** No file of a node ends so. */
  private static final String TEMPORARY = ".replacing~";

  private final Path directory;
  private final Consumer<Runnable> loop;
  private final ExecutorService syncs =
      Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "sync");
        thread.setDaemon(true);
        return thread;
      });

  /**
   * @param loop runs callbacks later, on the node's thread
   */
  FileDisk(Path directory, Consumer<Runnable> loop) {
    this.directory = directory;
    this.loop = loop;
    carryOut(
        directory.toString(),
        () -> {
          Files.createDirectories(directory);
          for (String left : names(TEMPORARY)) {
            Files.deleteIfExists(directory.resolve(left));
          }
        });
  }

  @Override
  public void append(String file, byte[] data) {
    Path path = path(file);
    carryOut(
        file, () -> Files.write(path, data, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
  }

  @Override
  public void write(String file, long offset, byte[] data) {
    Path path = path(file);
    carryOut(
        file,
        () -> {
          try (FileChannel channel =
              FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            within(file, "offset", offset, channel.size());
            fill(channel.position(offset), data);
          }
        });
  }

  /** As {@link #write}; beyond the end, zeros lie between. */
  void put(String file, long offset, byte[] data) {
    Path path = path(file);
    carryOut(
        file,
        () -> {
          try (FileChannel channel =
              FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            fill(channel.position(offset), data);
          }
        });
  }

  @Override
  public void replace(String file, byte[] data) {
    Path path = path(file);
    Path fresh = directory.resolve(file + TEMPORARY);
    carryOut(
        file,
        () -> {
          try (FileChannel channel =
              FileChannel.open(
                  fresh,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.TRUNCATE_EXISTING,
                  StandardOpenOption.WRITE)) {
            fill(channel, data);
            // Else the name could become durable before the content.
            channel.force(true);
          }
          Files.move(
              fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        });
  }

  @Override
  public byte[] read(String file) {
    Path path = path(file);
    try {
      return Files.readAllBytes(path);
    } catch (NoSuchFileException none) {
      return new byte[0];
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  @Override
  public void truncate(String file, long size) {
    Path path = path(file);
    carryOut(
        file,
        () -> {
          try (FileChannel channel =
              FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            within(file, "size", size, channel.size());
            channel.truncate(size);
          }
        });
  }

  @Override
  public List<String> list() {
    try {
      return names("").stream().filter(name -> !name.endsWith(TEMPORARY)).toList();
    } catch (IOException e) {
      throw failed(directory.toString(), e);
    }
  }

  @Override
  public void delete(String file) {
    Path path = path(file);
    carryOut(file, () -> Files.deleteIfExists(path));
  }

  @Override
  public void sync(String file, Consumer<Result> done) {
    Path path = path(file);
    syncs.execute(() -> {
      Result result = force(path);
      loop.accept(() -> done.accept(result));
    });
  }

  private Result force(Path path) {
    try {
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
        channel.force(true);
      } catch (NoSuchFileException deleted) {
        // Then only that it is not there can be made durable.
      }
      try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
        names.force(true);
      }
      return Result.DURABLE;
    } catch (IOException e) {
      System.err.println("sync of " + path + ": " + e);
      return Result.FAILED;
    }
  }

  private List<String> names(String suffix) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(p -> String.valueOf(p.getFileName()))
          .filter(name -> name.endsWith(suffix))
          .sorted()
          .toList();
    }
  }

  private Path path(String file) {
    if (file.isEmpty()
        || file.startsWith(".")
        || file.indexOf('/') >= 0
        || file.indexOf('\\') >= 0
        || file.endsWith(TEMPORARY)) {
      throw new IllegalArgumentException("'" + file + "' is not a plain file name");
    }
    return directory.resolve(file);
  }

  private static void within(String file, String what, long value, long size) {
    if (value < 0 || value > size) {
      throw new IllegalArgumentException(
          "%s: %s %d is outside of the file, which has %d bytes"
              .formatted(file, what, value, size));
    }
  }

  private static void fill(FileChannel channel, byte[] data) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(data);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  private interface Action {
    void run() throws IOException;
  }

  private static void carryOut(String file, Action action) {
    try {
      action.run();
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  private static UncheckedIOException failed(String file, IOException e) {
    return new UncheckedIOException("disk, file " + file + ": " + e, e);
  }
}
