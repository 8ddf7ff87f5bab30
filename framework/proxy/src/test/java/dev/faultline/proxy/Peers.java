package dev.faultline.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A server and its clients, with both ends of each connection in the test's hands. */
final class Peers implements AutoCloseable {
  /** Longer than anything takes that is to happen. */
  private static final int SOON_MILLIS = 10_000;

  private final ServerSocket server;
  private final List<Socket> sockets = new ArrayList<>();

  Peers() throws IOException {
    server = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
    server.setSoTimeout(SOON_MILLIS);
  }

  String upstream() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  /** A connection through a proxy. */
  Connection connect(InetSocketAddress proxy) throws IOException {
    Socket client = dial(proxy);
    return new Connection(client, accept());
  }

  Socket dial(InetSocketAddress proxy) throws IOException {
    Socket client = new Socket();
    sockets.add(client);
    client.setTcpNoDelay(true);
    client.connect(Addresses.resolve(proxy), SOON_MILLIS);
    client.setSoTimeout(SOON_MILLIS);
    return client;
  }

  Socket accept() throws IOException {
    Socket accepted = server.accept();
    sockets.add(accepted);
    accepted.setTcpNoDelay(true);
    accepted.setSoTimeout(SOON_MILLIS);
    return accepted;
  }

  static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** The next bytes, as many as the text has, are the text. */
  static void assertReceives(Socket socket, String text) throws IOException {
    byte[] bytes = socket.getInputStream().readNBytes(text.length());
    assertThat(new String(bytes, StandardCharsets.US_ASCII)).isEqualTo(text);
  }

  static void assertPasses(Socket from, Socket to, String text) throws IOException {
    send(from, text);
    assertReceives(to, text);
  }

  /** Nothing comes for a while, and the connection does not end. */
  static void assertSilent(Socket socket) throws IOException {
    socket.setSoTimeout(200);
    try {
      assertThat(socket.getInputStream().read()).as("should be silent, but read").isEqualTo(-99);
    } catch (SocketTimeoutException silent) {
      // As wanted.
    } finally {
      socket.setSoTimeout(SOON_MILLIS);
    }
  }

  /** The stream ends, by a close or a reset, with nothing before. */
  static void assertEnds(Socket socket) throws IOException {
    assertThat(readToEnd(socket)).isEmpty();
  }

  /** What comes until the stream ends, by a close or a reset. */
  static String readToEnd(Socket socket) throws IOException {
    StringBuilder text = new StringBuilder();
    try {
      InputStream in = socket.getInputStream();
      for (int b = in.read(); b >= 0; b = in.read()) {
        text.append((char) b);
      }
    } catch (SocketTimeoutException open) {
      throw new AssertionError("still open after " + SOON_MILLIS + " ms, having read " + text);
    } catch (IOException reset) {
      // An end, too.
    }
    return text.toString();
  }

  static double millis(ThrowingRunnable action) throws IOException {
    long start = System.nanoTime();
    action.run();
    return (System.nanoTime() - start) / 1e6;
  }

  interface ThrowingRunnable {
    void run() throws IOException;
  }

  @Override
  public void close() {
    sockets.forEach(Sockets::close);
    Sockets.close(server);
  }

  record Connection(Socket client, Socket server) {
    void assertPassesBothWays() throws IOException {
      assertPasses(client, server, "ping");
      assertPasses(server, client, "pong");
    }
  }
}
