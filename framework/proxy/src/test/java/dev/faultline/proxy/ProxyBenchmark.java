package dev.faultline.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;

/**
 * What does a proxy cost? Round trips of 64 bytes over 1 and over 500 connections, and megabytes a
 * second over one, for 3 s each after 1 s of warm-up; directly, through the built-in proxy, through
 * it with a latency of 0, and through the real server where there is one. Echo server and clients
 * share the machine, on virtual threads. Then, how long an API call takes.
 *
 * <p>Run {@code main} with the test class path; nothing in the build runs it.
 */
final class ProxyBenchmark {
  private ProxyBenchmark() {}

  public static void main(String[] args) throws Exception {
    try (ServerSocket echo = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> acceptAll(echo));
      String upstream = "127.0.0.1:" + echo.getLocalPort();
      report("direct", new InetSocketAddress(echo.getInetAddress(), echo.getLocalPort()));
      for (ServerKind kind : ServerKind.values()) {
        if (kind == ServerKind.REAL && ToxiproxyServers.find() == null) {
          continue;
        }
        try (ToxiproxyServers servers = kind.start()) {
          ToxiproxyControl control = servers.control();
          InetSocketAddress proxy =
              Addresses.resolve(control.create(new Wire("p", "a", "b", "127.0.0.1:0", upstream)));
          report(servers.means(), proxy);
          control.add("p", ToxicSpec.of("latency", Stream.UPSTREAM, Map.of()));
          control.add("p", ToxicSpec.of("latency", Stream.DOWNSTREAM, Map.of()));
          report(servers.means() + ", latency 0", proxy);
          long start = System.nanoTime();
          for (int i = 0; i < 500; i++) {
            control.update("p", ToxicSpec.of("latency", Stream.UPSTREAM, Map.of("latency", 1L)));
          }
          System.out.printf("  update of a toxic: %.2f ms%n", (System.nanoTime() - start) / 5e8);
        }
      }
    }
  }

  private static void report(String what, InetSocketAddress to) throws Exception {
    System.out.printf(
        "%-28s 1 connection %,8d round trips/s; 500 connections %,8d; %,6d MB/s%n",
        what, roundTrips(to, 1), roundTrips(to, 500), megabytes(to));
  }

  private static long roundTrips(InetSocketAddress to, int connections) throws Exception {
    LongAdder trips = new LongAdder();
    List<Socket> sockets = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      Socket socket = new Socket(to.getAddress(), to.getPort());
      socket.setTcpNoDelay(true);
      sockets.add(socket);
      Thread.ofVirtual().start(() -> ask(socket, trips));
    }
    Thread.sleep(1000);
    long before = trips.sum();
    Thread.sleep(3000);
    long rate = (trips.sum() - before) / 3;
    sockets.forEach(Sockets::close);
    return rate;
  }

  private static void ask(Socket socket, LongAdder trips) {
    byte[] message = new byte[64];
    try {
      while (true) {
        socket.getOutputStream().write(message);
        if (socket.getInputStream().readNBytes(message, 0, 64) < 64) {
          return;
        }
        trips.increment();
      }
    } catch (IOException over) {
      // The measurement is.
    }
  }

  /** Through the echo server, so that each byte passes twice. */
  private static long megabytes(InetSocketAddress to) throws Exception {
    try (Socket socket = new Socket(to.getAddress(), to.getPort())) {
      CountDownLatch over = new CountDownLatch(1);
      Thread.ofVirtual()
          .start(() -> {
            try {
              OutputStream out = socket.getOutputStream();
              while (over.getCount() > 0) {
                out.write(new byte[1 << 16]);
              }
            } catch (IOException closed) {
              // The measurement is over.
            }
          });
      InputStream in = socket.getInputStream();
      byte[] buffer = new byte[1 << 16];
      long bytes = 0;
      long start = System.nanoTime();
      while (System.nanoTime() - start < 4_000_000_000L) {
        if (System.nanoTime() - start < 1_000_000_000L) {
          bytes = 0;
        }
        bytes += in.read(buffer);
      }
      over.countDown();
      return bytes / 3_000_000;
    }
  }

  private static void acceptAll(ServerSocket echo) {
    try {
      while (true) {
        Socket socket = echo.accept();
        socket.setTcpNoDelay(true);
        Thread.ofVirtual()
            .start(() -> {
              try (socket) {
                socket.getInputStream().transferTo(socket.getOutputStream());
              } catch (IOException gone) {
                // The client has gone.
              }
            });
      }
    } catch (IOException over) {
      // The benchmark is.
    }
  }
}
