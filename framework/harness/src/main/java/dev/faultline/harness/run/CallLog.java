package dev.faultline.harness.run;

import dev.faultline.harness.Client;
import dev.faultline.harness.Cluster;
import dev.faultline.harness.EnvironmentException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A second account of what clients did, beside the history and not through it: a line {@code call
 * CLIENT N} in the file that the system property {@value #PROPERTY} names before a client's call
 * number N (from 0), {@code answer CLIENT N} when it was answered. Each is one write. So it can be
 * told what a killed harness had done and not recorded.
 */
public final class CallLog {
  /** Names the file; without it nothing is written. */
  public static final String PROPERTY = "faultline.calls";

  private static final @Nullable CallLog OPENED = open();

  private final FileChannel channel;

  private CallLog(FileChannel channel) {
    this.channel = channel;
  }

  private static @Nullable CallLog open() {
    String file = System.getProperty(PROPERTY, "");
    if (file.isEmpty()) {
      return null;
    }
    try {
      return new CallLog(
          FileChannel.open(Path.of(file), StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    } catch (IOException e) {
      throw new EnvironmentException(PROPERTY + "=" + file + ": " + e.getMessage(), e);
    }
  }

  /** The same port; what goes through it is told, if that was asked. */
  static Cluster.Host around(String client, Cluster.Host port) {
    return OPENED == null ? port : OPENED.new Told(client, port);
  }

  private void line(String text) {
    try {
      int unused = channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(PROPERTY + ": " + e.getMessage(), e);
    }
  }

  private final class Told implements Cluster.Host {
    private final String client;
    private final Cluster.Host port;
    private final AtomicLong calls = new AtomicLong();

    Told(String client, Cluster.Host port) {
      this.client = client;
      this.port = port;
    }

    @Override
    public void invoke(Client.Invocation op, Consumer<Client.Result> answer) {
      long number = calls.getAndIncrement();
      line("call " + client + " " + number + "\n");
      port.invoke(
          op,
          result -> {
            line("answer " + client + " " + number + "\n");
            answer.accept(result);
          });
    }

    @Override
    public void reopen() {
      port.reopen();
    }
  }
}
