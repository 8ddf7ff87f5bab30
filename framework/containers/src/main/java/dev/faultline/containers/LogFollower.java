package dev.faultline.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import dev.faultline.harness.EnvironmentException;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Writes what a container says to a file and hands each line on, over all its incarnations: the
 * engine keeps one log of them, so what was seen before is passed over.
 */
final class LogFollower {
  private final DockerClient client;
  private final Path file;
  private final Consumer<String> onLine;
  private final Writer out;
  private String lastStamp = "";

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

  /** One frame is one write of the process; each of its lines has the engine's stamp before it. */
  private void take(String text) {
    for (String line : text.split("\n")) {
      int blank = line.indexOf(' ');
      String stamp = blank < 0 ? line : line.substring(0, blank);
      String rest = blank < 0 ? "" : line.substring(blank + 1);
      if (isNew(stamp)) {
        write(rest);
        onLine.accept(rest);
      }
    }
  }

  /** Stamps have nine digits after the point, so that their order is the order of time. */
  private synchronized boolean isNew(String stamp) {
    boolean fresh = stamp.compareTo(lastStamp) > 0;
    if (fresh) {
      lastStamp = stamp;
    }
    return fresh;
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

  private final class Following extends ResultCallback.Adapter<Frame> {
    private final Runnable onEnd;
    private boolean ended;

    Following(Runnable onEnd) {
      this.onEnd = onEnd;
    }

    @Override
    public void onNext(Frame frame) {
      take(new String(frame.getPayload(), StandardCharsets.UTF_8));
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
      onEnd.run();
    }
  }
}
