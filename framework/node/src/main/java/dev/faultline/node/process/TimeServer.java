package dev.faultline.node.process;

import dev.faultline.json.JsonView;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;

/**
 * The server that nodes on the time path keep time with: it answers every frame {@code {"time":ID}}
 * with {@code {"time":ID,"wall":NANOS}}, true wall time, in order. Probes are answered as a node
 * answers them.
 */
public final class TimeServer implements AutoCloseable {
  private final ServerSocket server;

  private TimeServer(ServerSocket server) {
    this.server = server;
  }

  /**
   * Starts a server in this JVM.
   *
   * @param listen port 0 for any
   */
  public static TimeServer start(InetSocketAddress listen) throws IOException {
    ServerSocket server = new ServerSocket();
    try {
      server.bind(PeerLink.resolved(listen));
    } catch (IOException e) {
      server.close();
      throw new IOException("time server at " + listen + ": " + e.getMessage(), e);
    }
    TimeServer time = new TimeServer(server);
    Threads.start("time server", time::accept);
    return time;
  }

  /** A process of its own: {@code TimeServer HOST:PORT}; runs until it is killed. */
  public static void main(String[] args) throws IOException, InterruptedException {
    int colon = args.length == 1 ? args[0].lastIndexOf(':') : -1;
    if (colon < 0) {
      throw new IllegalArgumentException("usage: TimeServer HOST:PORT");
    }
    String host = args[0].substring(0, colon);
    int port = Integer.parseInt(args[0].substring(colon + 1));
    try (TimeServer time = start(new InetSocketAddress(host, port))) {
      System.out.println("time server at " + time.address());
      Thread.currentThread().join();
    }
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException alreadyClosed) {
      // It listens no more.
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        Threads.start("time of " + socket.getRemoteSocketAddress(), () -> serve(socket));
      } catch (IOException oneConnectionLess) {
        // Closed, or a client that went at once.
      }
    }
  }

  private static void serve(Socket socket) {
    try (socket;
        DataInputStream in =
            new DataInputStream(new BufferedInputStream(socket.getInputStream()))) {
      String whom = String.valueOf(socket.getRemoteSocketAddress());
      for (JsonView frame = Frames.read(whom, in); frame != null; frame = Frames.read(whom, in)) {
        long seen = System.nanoTime();
        JsonView echo = frame.find("echo");
        JsonView time = frame.find("time");
        if (time != null) {
          Map<String, Long> reply =
              Map.of("time", time.integer(), "wall", SteeredClock.machineWall());
          socket.getOutputStream().write(Frames.encode(reply));
        } else if (echo != null) {
          Map<String, Object> reply = Map.of("seen", frame.get("probe").integer(), "nanos", seen);
          socket
              .getOutputStream()
              .write(Frames.padded(new java.util.LinkedHashMap<>(reply), (int) echo.integer()));
        }
      }
    } catch (IOException gone) {
      // That node dials again.
    }
  }
}
