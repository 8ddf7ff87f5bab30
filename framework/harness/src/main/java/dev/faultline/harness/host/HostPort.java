package dev.faultline.harness.host;

import dev.faultline.harness.Client;
import dev.faultline.harness.Client.Result;
import dev.faultline.harness.Cluster;
import dev.faultline.harness.Environment;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The harness's side of a hosted client, over all incarnations of its process. An operation that
 * was not sent has failed; one whose connection broke before its answer came is unknown. For any
 * thread.
 */
public final class HostPort implements Cluster.Host, AutoCloseable {
  /** Why an operation failed that was never handed to a client. */
  public static final String NOT_RUNNING = "the client's host is not running";

  /** Why an operation failed that had no session to go through. */
  public static final String NO_SESSION = "cannot open a session";

  private static final Duration OPEN_WITHIN = Duration.ofSeconds(15);
  private static final Duration CLOCK_WITHIN = Duration.ofSeconds(2);

  private final String client;
  private final Environment.NodeEvents events;
  private @Nullable HostConnection connection;
  private boolean begun;

  /**
   * @param client its name, such as {@code c1}, under which its events are reported
   */
  public HostPort(String client, Environment.NodeEvents events) {
    this.client = client;
    this.events = events;
  }

  /**
   * Connects to a fresh incarnation, trying until it listens.
   *
   * @throws IOException if it does not within this time
   */
  public void dial(InetSocketAddress control, Duration within) throws IOException {
    long end = System.nanoTime() + within.toNanos();
    while (true) {
      Socket socket = new Socket();
      try {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        socket.connect(control, (int) Math.max(1, left));
        socket.setTcpNoDelay(true);
        // A port that a container engine publishes accepts before the host listens, so only its
        // first line shows that it is there.
        HostConnection fresh = new HostConnection(client, events, socket, this::detach);
        if (fresh.awaitFirstLine(Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime())))) {
          attach(fresh);
          return;
        }
        throw new IOException("it hung up");
      } catch (IOException e) {
        socket.close();
        if (System.nanoTime() - end >= 0) {
          throw new IOException(client + " at " + control + ": " + e.getMessage(), e);
        }
      }
      try {
        TimeUnit.MILLISECONDS.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(client + " at " + control + ": interrupted", e);
      }
    }
  }

  /**
   * Has the session opened before the first operation, so that faults find clients at work and not
   * on their way to it. Only for the first incarnation, since later there may be no server that
   * takes a session; what cannot be opened is tried again by the first operation.
   */
  public void begin(Duration within) {
    if (!begun()) {
      boolean unused = open(within.compareTo(OPEN_WITHIN) < 0 ? within : OPEN_WITHIN);
    }
  }

  private synchronized boolean begun() {
    boolean before = begun;
    begun = true;
    return before;
  }

  /** Whether it could be opened within this time, for which it is tried. */
  boolean open(Duration within) {
    long end = System.nanoTime() + within.toNanos();
    HostConnection now = connection();
    while (now != null) {
      try {
        long left = Math.max(1, end - System.nanoTime());
        if (now.open().get(left, TimeUnit.NANOSECONDS) instanceof Result.Ok) {
          return true;
        }
        if (System.nanoTime() - end >= 0) {
          return false;
        }
        TimeUnit.MILLISECONDS.sleep(50);
      } catch (ExecutionException | TimeoutException late) {
        return false;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
      now = connection();
    }
    return false;
  }

  @Override
  public void invoke(Client.Invocation op, Consumer<Result> answer) {
    HostConnection now = connection();
    if (now == null) {
      answer.accept(new Result.Fail(NOT_RUNNING));
    } else {
      now.invoke(op, answer);
    }
  }

  @Override
  public void reopen() {
    HostConnection now = connection();
    if (now != null) {
      now.reopen();
    }
  }

  /** Reads the host's clock against this machine's. */
  public CompletableFuture<Cluster.ClockReading> readClock() {
    HostConnection now = connection();
    return now == null
        ? CompletableFuture.failedFuture(new IOException(client + " is not running"))
        : now.readClock().orTimeout(CLOCK_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Ends the connection, and so the host's process. */
  @Override
  public void close() {
    HostConnection now = connection();
    if (now != null) {
      now.close("closed");
    }
  }

  private synchronized @Nullable HostConnection connection() {
    return connection;
  }

  private synchronized void attach(HostConnection fresh) {
    connection = fresh;
    Thread.ofVirtual().name("host " + client).start(fresh::read);
  }

  private synchronized void detach(HostConnection gone) {
    if (connection == gone) {
      connection = null;
    }
  }
}
