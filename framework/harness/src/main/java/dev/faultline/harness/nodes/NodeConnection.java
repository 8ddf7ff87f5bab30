package dev.faultline.harness.nodes;

import dev.faultline.harness.Cluster;
import dev.faultline.harness.Environment;
import dev.faultline.json.Json;
import dev.faultline.json.JsonException;
import dev.faultline.json.JsonView;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The control connection to one incarnation of a node; every question is answered at most once. */
final class NodeConnection {
  /** How fine wall clocks are: microseconds. */
  private static final long WALL_STEP_NANOS = 1_000;

  private final String node;
  private final Environment.NodeEvents events;
  private final Socket socket;
  private final OutputStream out;
  private final Consumer<NodeConnection> onClosed;
  private final Consumer<Cluster.Damage> onDamage;
  private final CompletableFuture<Boolean> listening = new CompletableFuture<>();
  private final CompletableFuture<Boolean> ready = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final Map<Long, CompletableFuture<JsonView>> asked = new LinkedHashMap<>();
  private final Map<Long, NodeProbe> sent = new LinkedHashMap<>();
  private final Map<Long, NodeProbe> expected = new LinkedHashMap<>();
  private long ids;
  private boolean closed;

  NodeConnection(
      String node,
      Environment.NodeEvents events,
      Socket socket,
      Consumer<NodeConnection> onClosed,
      Consumer<Cluster.Damage> onDamage)
      throws IOException {
    this.node = node;
    this.events = events;
    this.socket = socket;
    this.onClosed = onClosed;
    this.onDamage = onDamage;
    this.out = socket.getOutputStream();
  }

  void start() {
    Thread.ofVirtual().name("control of " + node).start(this::read);
  }

  /** Whether the process answers; false if the connection ended before. */
  boolean awaitListening(int millis) throws IOException {
    return await(listening, millis, "it accepts, but says nothing");
  }

  /** Lets the node start, and whether it did; false if the connection ended before. */
  boolean begin(int millis) throws IOException {
    write("begin", 0);
    return await(ready, millis, "its start does not end in time");
  }

  /** Completes when all that came over this connection was taken, and no more will come. */
  CompletableFuture<Void> ended() {
    return ended;
  }

  private boolean await(CompletableFuture<Boolean> sign, int millis, String late)
      throws IOException {
    try {
      return sign.get(millis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      close(late);
      throw new IOException(late, e);
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** A question and its answer. */
  CompletableFuture<JsonView> ask(String what, @Nullable Object... fields) {
    CompletableFuture<JsonView> answer = new CompletableFuture<>();
    long id;
    synchronized (this) {
      if (closed) {
        return CompletableFuture.failedFuture(new IOException(node + " is not running"));
      }
      id = ++ids;
      asked.put(id, answer);
    }
    write(what, id, fields);
    return answer;
  }

  CompletableFuture<Cluster.ClockReading> readClock() {
    long before = System.nanoTime();
    long wallBefore = wall();
    return ask("clock")
        .thenApply(read -> {
          long half = (System.nanoTime() - before) / 2;
          return new Cluster.ClockReading(
              read.get("wall").integer() - wallBefore - half,
              half + WALL_STEP_NANOS,
              read.get("monotonic").integer(),
              before + half);
        });
  }

  /** Lets this node send a probe. */
  void probe(NodeProbe probe, String to, int bytes, Duration within, boolean echo) {
    synchronized (this) {
      if (!closed) {
        sent.put(probe.id(), probe);
      }
    }
    forget(probe, sent);
    if (echo) {
      write(
          "probe", probe.id(), "to", to, "bytes", bytes, "within", within.toMillis(), "echo", true);
    } else {
      write("probe", probe.id(), "to", to, "bytes", bytes, "within", within.toMillis());
    }
  }

  /** Tells a probe what this node reports about it. */
  void expect(NodeProbe probe) {
    synchronized (this) {
      expected.put(probe.id(), probe);
    }
    forget(probe, expected);
  }

  private void forget(NodeProbe probe, Map<Long, NodeProbe> from) {
    var unused =
        probe
            .result()
            .thenRun(() -> {
              synchronized (this) {
                from.remove(probe.id());
              }
            });
  }

  void renew(Duration lease) {
    write("lease", 0, "millis", lease.toMillis());
  }

  void stop() {
    write("stop", 0);
  }

  private void write(String what, long id, @Nullable Object... fields) {
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("do", what);
    line.put("id", id);
    for (int i = 0; i < fields.length; i += 2) {
      line.put(String.valueOf(fields[i]), fields[i + 1]);
    }
    byte[] text = (Json.write(line) + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      synchronized (out) {
        out.write(text);
      }
    } catch (IOException e) {
      close("write failed: " + e.getMessage());
    }
  }

  private void read() {
    String why = "the control connection of " + node + " ended";
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        take(JsonView.parse(node, line));
      }
    } catch (IOException | JsonException e) {
      why += ": " + e.getMessage();
    }
    close(why);
    ended.complete(null);
  }

  private void take(JsonView line) {
    String what = line.map().keySet().iterator().next();
    switch (what) {
      case "event" ->
          events.event(
              node,
              (int) line.get("incarnation").integer(),
              line.get("seq").integer(),
              line.get("event").string(),
              line.get("facts").map());
      case "listening" -> listening.complete(true);
      case "ready" -> ready.complete(true);
      case "damage" ->
          onDamage.accept(
              new Cluster.Damage(
                  line.get("damage").integer(),
                  line.get("failed").integer(),
                  line.get("flipped").integer(),
                  line.get("slowed").integer(),
                  line.get("recovered").integer()));
      case "steered", "clock", "disk", "wiped", "struck" -> {
        CompletableFuture<JsonView> answer;
        synchronized (this) {
          answer = asked.remove(line.get(what).integer());
        }
        if (answer != null) {
          answer.complete(line);
        }
      }
      case "probe" -> {
        NodeProbe probe = find(sent, line.get(what).integer());
        if (probe != null) {
          senderSays(probe, line);
        }
      }
      case "probe-seen" -> {
        NodeProbe probe = find(expected, line.get(what).integer());
        if (probe != null) {
          probe.receiverSaw(line.get("nanos").integer());
        }
      }
      case "probe-closed" -> {
        NodeProbe probe = find(expected, line.get(what).integer());
        if (probe != null) {
          probe.receiverSawClose(line.get("nanos").integer());
        }
      }
      default -> throw line.error("unknown line '" + what + "'");
    }
  }

  private synchronized @Nullable NodeProbe find(Map<Long, NodeProbe> probes, long id) {
    return probes.get(id);
  }

  private static void senderSays(NodeProbe probe, JsonView line) {
    JsonView sending = line.find("sending");
    JsonView end = line.find("closed");
    JsonView echoed = line.find("echoed");
    JsonView over = line.find("over");
    if (sending != null) {
      probe.sending(sending.integer());
    }
    if (end != null) {
      probe.closed(end.integer());
    }
    if (echoed != null) {
      probe.echoed(line.get("seen").integer(), echoed.integer());
    }
    if (over != null) {
      probe.over(over.string());
    }
  }

  /** Closes once; what still waits for an answer fails. */
  void close(String why) {
    Map<Long, CompletableFuture<JsonView>> unanswered;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      unanswered = new LinkedHashMap<>(asked);
      asked.clear();
    }
    onClosed.accept(this);
    try {
      socket.close();
    } catch (IOException alreadyGone) {
      why += ": " + alreadyGone.getMessage();
    }
    listening.complete(false);
    ready.complete(false);
    IOException gone = new IOException(why);
    unanswered.values().forEach(answer -> answer.completeExceptionally(gone));
  }

  /** Nanoseconds since 1970. */
  static long wall() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }
}
