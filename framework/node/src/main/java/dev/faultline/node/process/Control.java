package dev.faultline.node.process;

import dev.faultline.json.Json;
import dev.faultline.json.JsonView;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The node's side of the control connection: JSON objects, a line each, each in one write. Commands
 * are {@code {"do":"steer","id":1,"offset":NANOS,"drift":PPM,"frozen":false}}, {@code
 * {"do":"clock","id":2}}, {@code {"do":"probe","id":3,"to":"n2","bytes":64,"within":MILLIS}},
 * {@code {"do":"disk","id":4,"stall":false,"full":false,"corrupt":false,"slow":NANOS}}, {@code
 * {"do":"wipe","id":5}}, {@code {"do":"strike","id":6,"torn":false,"within":MILLIS}}, {@code
 * {"do":"lease","id":0,"millis":MILLIS}} and {@code {"do":"stop"}}. What the node says by itself is
 * {@code {"event":…}}, once {@code {"ready":true}}, and {@code {"probe-seen":…}} and {@code
 * {"probe-closed":…}} of others' probes.
 */
final class Control {
  /** As after SIGKILL. */
  private static final int STRUCK = 137;

  private final NodeLaunch launch;
  private final SteeredClock clock;
  private final Socket socket;
  private final OutputStream out;
  private long events;

  Control(NodeLaunch launch, SteeredClock clock, Socket socket) throws IOException {
    this.launch = launch;
    this.clock = clock;
    this.socket = socket;
    this.out = socket.getOutputStream();
  }

  /**
   * Carries out commands until the connection ends.
   *
   * @param lease of the faults in this process
   * @param disk of the node
   * @param clockChanged called after the clock was set
   * @param begin called when the node is to start
   * @param stop called when the node is to end gracefully
   */
  void serve(Lease lease, FaultyDisk disk, Runnable clockChanged, Runnable begin, Runnable stop) {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        JsonView command = JsonView.parse("harness", line);
        switch (command.get("do").string()) {
          case "steer" -> {
            clock.steer(
                command.get("offset").integer(),
                command.get("drift").integer(),
                command.get("frozen").bool());
            clockChanged.run();
            write("steered", command.get("id").integer());
          }
          case "clock" ->
              write(
                  "clock",
                  command.get("id").integer(),
                  "wall",
                  clock.wall(),
                  "monotonic",
                  clock.monotonic());
          case "probe" -> Threads.start("probe", () -> probe(command));
          case "lease" -> lease.renew(Duration.ofMillis(command.get("millis").integer()));
          case "disk" -> {
            disk.set(
                new FaultyDisk.State(
                    command.get("stall").bool(),
                    command.get("full").bool(),
                    command.get("corrupt").bool(),
                    command.get("slow").integer()));
            write("disk", command.get("id").integer());
          }
          case "wipe" ->
              write(
                  "wiped",
                  command.get("id").integer(),
                  "files",
                  (long) disk.wipe(),
                  "left",
                  (long) disk.list().size());
          case "strike" -> strike(disk, command);
          case "begin" -> begin.run();
          case "stop" -> stop.run();
          default -> throw command.error("unknown command");
        }
      }
    } catch (IOException gone) {
      // As good as the end of the connection.
    }
  }

  /** Dies by itself, since nobody else knows in time when something is unsynced. */
  private void strike(FaultyDisk disk, JsonView command) {
    disk.strike(
        command.get("torn").bool(),
        Duration.ofMillis(command.get("within").integer()).toNanos(),
        lost -> {
          write("struck", command.get("id").integer(), "lost", lost);
          Runtime.getRuntime().halt(STRUCK);
        });
  }

  /** What the disk did wrong so far. */
  void damaged(FaultyDisk.Damage damage) {
    write(
        "damage",
        damage.stalled(),
        "failed",
        damage.failed(),
        "flipped",
        damage.flipped(),
        "slowed",
        damage.slowed(),
        "recovered",
        damage.recovered());
  }

  /** An event of the node, numbered; in the kernel's hands when this returns. */
  synchronized void event(String name, Map<String, @Nullable Object> facts) {
    events++;
    write("event", name, "incarnation", (long) launch.incarnation(), "seq", events, "facts", facts);
  }

  /** Writes an object given as name, value, name, value …; lost if the harness is gone. */
  synchronized void write(@Nullable Object... fields) {
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    for (int i = 0; i < fields.length; i += 2) {
      line.put(String.valueOf(fields[i]), fields[i + 1]);
    }
    try {
      out.write((Json.write(line) + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException gone) {
      // The reading side sees the end of the connection and ends the process.
    }
  }

  private void probe(JsonView command) {
    long id = command.get("id").integer();
    String to = command.get("to").string();
    var address = to.equals("time") ? launch.time() : launch.peers().get(to);
    if (address == null) {
      write("probe", id, "over", "no link from " + launch.self() + " to " + to);
      return;
    }
    ProbeDial.run(
        launch.self(),
        address,
        id,
        (int) command.get("bytes").integer(),
        command.find("echo") != null,
        command.get("within").integer(),
        new ProbeDial.Listener() {
          @Override
          public void sending(long nanos) {
            write("probe", id, "sending", nanos);
          }

          @Override
          public void closed(long nanos) {
            write("probe", id, "closed", nanos);
          }

          @Override
          public void echoed(long seenNanos, long nanos) {
            write("probe", id, "echoed", nanos, "seen", seenNanos);
          }

          @Override
          public void over(String how) {
            write("probe", id, "over", how);
          }
        });
  }
}
