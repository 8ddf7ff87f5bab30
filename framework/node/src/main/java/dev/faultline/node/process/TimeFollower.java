package dev.faultline.node.process;

import dev.faultline.json.JsonView;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Lets a wall clock follow a {@link TimeServer}: asks every 50 ms without waiting for answers, and
 * takes each answer as true half a round trip ago, as simple time clients do. So latency L on the
 * way there puts the clock L/2 ahead, and on the way back L/2 behind. While no answer comes the
 * clock goes on from the last one.
 */
final class TimeFollower {
  private static final long PERIOD_MILLIS = 50;
  private static final int CONNECT_MILLIS = 1_000;

  private final InetSocketAddress server;
  private final SteeredClock clock;

  TimeFollower(InetSocketAddress server, SteeredClock clock) {
    this.server = server;
    this.clock = clock;
  }

  void start() {
    Threads.start("time", this::run);
  }

  private void run() throws InterruptedException {
    while (true) {
      try (Socket socket = new Socket()) {
        socket.connect(PeerLink.resolved(server), CONNECT_MILLIS);
        socket.setTcpNoDelay(true);
        Threads.start("time answers", () -> take(socket));
        while (!socket.isClosed()) {
          // The question carries the time of asking, so that nothing needs to be remembered.
          socket.getOutputStream().write(Frames.encode(Map.of("time", System.nanoTime())));
          TimeUnit.MILLISECONDS.sleep(PERIOD_MILLIS);
        }
      } catch (IOException lost) {
        // Asked again over a new connection.
      }
      TimeUnit.MILLISECONDS.sleep(PERIOD_MILLIS);
    }
  }

  private void take(Socket socket) {
    try (socket;
        DataInputStream in =
            new DataInputStream(new BufferedInputStream(socket.getInputStream()))) {
      for (JsonView answer = Frames.read("time", in);
          answer != null;
          answer = Frames.read("time", in)) {
        long now = System.nanoTime();
        long asked = answer.get("time").integer();
        long wall = answer.get("wall").integer() + (now - asked) / 2;
        clock.follow(wall - now);
      }
    } catch (IOException lost) {
      // The asking side dials again.
    }
  }
}
