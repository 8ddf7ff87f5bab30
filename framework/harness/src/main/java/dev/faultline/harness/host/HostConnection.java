package dev.faultline.harness.host;

import dev.faultline.harness.Client;
import dev.faultline.harness.Client.Result;
import dev.faultline.harness.Cluster;
import dev.faultline.harness.Environment;
import dev.faultline.json.JsonException;
import dev.faultline.json.JsonView;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/** The connection to one incarnation of a client host; every operation is answered at most once. */
final class HostConnection {
  private final String client;
  private final Environment.NodeEvents events;
  private final Consumer<HostConnection> onClosed;
  private final BufferedReader in;
  private final Socket socket;
  private final HostLines out;
  private final Map<Long, Consumer<Result>> waiting = new LinkedHashMap<>();
  private final Map<Long, CompletableFuture<JsonView>> clocks = new LinkedHashMap<>();
  private long ids;
  private boolean closed;

  HostConnection(
      String client,
      Environment.NodeEvents events,
      Socket socket,
      Consumer<HostConnection> onClosed)
      throws IOException {
    this.client = client;
    this.events = events;
    this.onClosed = onClosed;
    this.socket = socket;
    this.in =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    this.out = new HostLines(socket.getOutputStream());
  }

  void invoke(Client.Invocation op, Consumer<Result> answer) {
    ask(
        answer,
        id ->
            out.write("do", "invoke", "id", id, "f", op.f(), "key", op.key(), "value", op.value()));
  }

  /** Has the session opened that the next operation will use. */
  CompletableFuture<Result> open() {
    CompletableFuture<Result> answer = new CompletableFuture<>();
    ask(answer::complete, id -> out.write("do", "open", "id", id));
    return answer;
  }

  private void ask(Consumer<Result> answer, LongPredicate sends) {
    long id;
    synchronized (this) {
      if (closed) {
        id = -1;
      } else {
        id = ++ids;
        waiting.put(id, answer);
      }
    }
    if (id < 0) {
      answer.accept(new Result.Fail(HostPort.NOT_RUNNING));
    } else if (!sends.test(id)) {
      close("write failed");
    }
  }

  void reopen() {
    if (!out.write("do", "reopen")) {
      close("write failed");
    }
  }

  CompletableFuture<Cluster.ClockReading> readClock() {
    CompletableFuture<JsonView> reply = new CompletableFuture<>();
    long id;
    synchronized (this) {
      id = ++ids;
      clocks.put(id, reply);
    }
    long before = System.nanoTime();
    long wallBefore = HostLoop.wall();
    if (!out.write("do", "clock", "id", id)) {
      close("write failed");
    }
    return reply.thenApply(read -> {
      long after = System.nanoTime();
      long half = (after - before) / 2;
      return new Cluster.ClockReading(
          read.get("wall").integer() - wallBefore - half,
          half,
          read.get("monotonic").integer(),
          before + half);
    });
  }

  /** Whether the host said something in this time, before which nothing else may be read. */
  boolean awaitFirstLine(Duration within) throws IOException {
    socket.setSoTimeout((int) Math.max(1, within.toMillis()));
    String line = in.readLine();
    socket.setSoTimeout(0);
    if (line != null) {
      take(JsonView.parse(client, line));
    }
    return line != null;
  }

  /** Reads until the connection ends. */
  void read() {
    String why = "the connection to the client's host ended";
    try {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        take(JsonView.parse(client, line));
      }
    } catch (IOException | JsonException e) {
      why += ": " + e.getMessage();
    }
    close(why);
  }

  private void take(JsonView line) {
    JsonView done = line.find("done");
    JsonView clock = line.find("clock");
    if (done != null) {
      Consumer<Result> answer;
      synchronized (this) {
        answer = waiting.remove(done.integer());
      }
      if (answer != null) {
        answer.accept(result(line));
      }
    } else if (clock != null) {
      CompletableFuture<JsonView> reply;
      synchronized (this) {
        reply = clocks.remove(clock.integer());
      }
      if (reply != null) {
        reply.complete(line);
      }
    } else {
      events.event(
          client,
          (int) line.get("incarnation").integer(),
          line.get("seq").integer(),
          line.get("event").string(),
          line.get("facts").map());
    }
  }

  private Result result(JsonView line) {
    return switch (line.get("type").string()) {
      case "ok" -> new Result.Ok(line.get("value").value());
      case "fail" -> new Result.Fail(line.get("error").string());
      default -> new Result.Info(line.get("error").string());
    };
  }

  /** Closes once and answers everything that still waits. */
  void close(String why) {
    Map<Long, Consumer<Result>> unanswered;
    Map<Long, CompletableFuture<JsonView>> unread;
    synchronized (this) {
      closed = true;
      unanswered = new LinkedHashMap<>(waiting);
      unread = new LinkedHashMap<>(clocks);
      waiting.clear();
      clocks.clear();
    }
    onClosed.accept(this);
    try {
      socket.close();
    } catch (IOException alreadyGone) {
      why += ": " + alreadyGone.getMessage();
    }
    Result unknown = new Result.Info(why);
    unanswered.values().forEach(answer -> answer.accept(unknown));
    IOException gone = new IOException(why);
    unread.values().forEach(reply -> reply.completeExceptionally(gone));
  }
}
