package dev.faultline.harness.host;

import dev.faultline.harness.Client;
import dev.faultline.harness.Client.Result;
import dev.faultline.json.JsonView;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what the harness asks over one connection: one operation at a time, on a thread of
 * its own, with a session that is opened when it is needed. Giving a session up interrupts the
 * operation in it and leaves closing it to that operation's thread, which may never end.
 */
final class HostLoop {
  private final HostLaunch launch;
  private final Client.Blocking client;
  private final Socket socket;
  private final HostLines out;
  private long events;
  private HostSession current;

  HostLoop(HostLaunch launch, Client.Blocking client, Socket socket) throws IOException {
    this.launch = launch;
    this.client = client;
    this.socket = socket;
    this.out = new HostLines(socket.getOutputStream());
    this.current = fresh();
  }

  /** Returns when the harness is gone. */
  void run() {
    event("started", Map.of("pid", ProcessHandle.current().pid()));
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        take(JsonView.parse("harness", line));
      }
    } catch (IOException gone) {
      // As good as the end of the connection.
    }
  }

  private void take(JsonView command) {
    String what = command.get("do").string();
    switch (what) {
      case "invoke" -> {
        long id = command.get("id").integer();
        Client.Invocation op =
            new Client.Invocation(
                launch.client(),
                launch.node(),
                command.get("f").string(),
                command.get("key").value(),
                command.get("value").value());
        current.submit(op, result -> answer(id, result));
      }
      case "open" -> {
        long id = command.get("id").integer();
        current.open(result -> answer(id, result));
      }
      case "reopen" -> {
        current.giveUp();
        current = fresh();
      }
      case "clock" ->
          out.write(
              "clock", command.get("id").integer(), "wall", wall(), "monotonic", System.nanoTime());
      default -> throw command.error("unknown command '" + what + "'");
    }
  }

  private HostSession fresh() {
    return new HostSession(
        launch.client(),
        () ->
            client.open(
                new Client.Context(
                    launch.client(),
                    launch.node(),
                    launch.endpoints(),
                    launch.setup().options(),
                    this::event)));
  }

  private void answer(long id, Result result) {
    switch (result) {
      case Result.Ok ok -> out.write("done", id, "type", "ok", "value", ok.value());
      case Result.Fail fail -> out.write("done", id, "type", "fail", "error", fail.reason());
      case Result.Info info -> out.write("done", id, "type", "info", "error", info.reason());
    }
  }

  private void event(String name, Map<String, @Nullable Object> facts) {
    // Numbering and writing are one step, so that events arrive in their order.
    synchronized (out) {
      events++;
      out.write(
          "event",
          name,
          "incarnation",
          (long) launch.incarnation(),
          "seq",
          events,
          "facts",
          new LinkedHashMap<>(facts));
    }
  }

  /** Nanoseconds since 1970. */
  static long wall() {
    java.time.Instant now = java.time.Clock.systemUTC().instant();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }
}
