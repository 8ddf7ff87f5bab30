package dev.faultline.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import dev.faultline.harness.EnvironmentException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Writes what a container says to a file and hands each line on, over all its incarnations: the
 * engine keeps one log of them, so what was seen before is passed over.
 */
final class LogFollower {
  private static final Pattern STAMP =
      Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{9}Z");

  private final DockerClient client;
  private final Path file;
  private final Consumer<String> onLine;
  private final Writer out;
  private String lastStamp = "";
  private boolean lastWasNew;

  LogFollower(DockerClient client, Path file, Consumer<String> onLine) {
    this.client = client;
    this.file = file;
    this.onLine = onLine;
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      out =
          Files.newBufferedWriter(
              file,
              StandardCharsets.UTF_8,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new EnvironmentException(file + ": " + e.getMessage(), e);
    }
  }

  /** Follows a running container; {@code onEnd} is called once, when it runs no more. */
  void follow(String container, Runnable onEnd) {
    client
        .logContainerCmd(container)
        .withStdOut(true)
        .withStdErr(true)
        .withFollowStream(true)
        .withTimestamps(true)
        .withSince(sinceSeconds())
        .exec(new Following(onEnd));
  }

  private synchronized int sinceSeconds() {
    return lastStamp.isEmpty() ? 0 : (int) Instant.parse(lastStamp).getEpochSecond();
  }

  /**
   * A whole line. The engine puts its stamp before it; what has none goes on from the line before,
   * and shares its fate.
   */
  void take(String line) {
    int blank = line.indexOf(' ');
    String stamp = blank < 0 ? line : line.substring(0, blank);
    boolean stamped = STAMP.matcher(stamp).matches();
    String rest = !stamped ? line : blank < 0 ? "" : line.substring(blank + 1);
    if (stamped ? isNew(stamp) : lastWasNew()) {
      write(rest);
      onLine.accept(rest);
    }
  }

  /** Stamps have nine digits after the point, so that their order is the order of time. */
  private synchronized boolean isNew(String stamp) {
    boolean fresh = stamp.compareTo(lastStamp) > 0;
    if (fresh) {
      lastStamp = stamp;
    }
    lastWasNew = fresh;
    return fresh;
  }

  private synchronized boolean lastWasNew() {
    return lastWasNew;
  }

  private synchronized void write(String line) {
    try {
      out.write(line + "\n");
      out.flush();
    } catch (IOException e) {
      throw new EnvironmentException(file + ": " + e.getMessage(), e);
    }
  }

  /** Closes the file. */
  synchronized void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new EnvironmentException(file + ": " + e.getMessage(), e);
    }
  }

  /** Puts lines together from pieces, which may end anywhere, also within a character. */
  static final class Lines {
    private final Consumer<String> onLine;
    private final ByteArrayOutputStream open = new ByteArrayOutputStream();

    Lines(Consumer<String> onLine) {
      this.onLine = onLine;
    }

    void add(byte[] piece) {
      for (byte b : piece) {
        if (b == '\n') {
          onLine.accept(open.toString(StandardCharsets.UTF_8));
          open.reset();
        } else {
          open.write(b);
        }
      }
    }

    /** Nothing comes any more: what has no line end is a line as well. */
    void end() {
      if (open.size() > 0) {
        add(new byte[] {'\n'});
      }
    }
  }

  private final class Following extends ResultCallback.Adapter<Frame> {
    private final Runnable onEnd;
    private final Map<StreamType, Lines> streams = new EnumMap<>(StreamType.class);
    private boolean ended;

    Following(Runnable onEnd) {
      this.onEnd = onEnd;
    }

    @Override
    public void onNext(Frame frame) {
      streams
          .computeIfAbsent(frame.getStreamType(), type -> new Lines(LogFollower.this::take))
          .add(frame.getPayload());
    }

    @Override
    public void onError(Throwable error) {
      super.onError(error);
      end();
    }

    @Override
    public void onComplete() {
      super.onComplete();
      end();
    }

    private void end() {
      synchronized (this) {
        if (ended) {
          return;
        }
        ended = true;
      }
      streams.values().forEach(Lines::end);
      onEnd.run();
    }
  }
}
