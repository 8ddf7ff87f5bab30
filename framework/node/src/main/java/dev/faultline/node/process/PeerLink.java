package dev.faultline.node.process;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.TimeUnit;

/**
 * The connection that this node dials to another one, over which all its messages to that node go.
 * Dialled at once and again whenever it ends, after a pause of at most 100 ms, so that a link that
 * was healed is soon of use; what waited for a connection that ended or could not be made is lost.
 */
final class PeerLink {
  private static final int CONNECT_MILLIS = 1_000;
  private static final long FIRST_PAUSE_MILLIS = 5;
  private static final long LAST_PAUSE_MILLIS = 100;
  private static final long LIVED_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final String self;
  private final String peer;
  private final InetSocketAddress address;
  private SendQueue queue = new SendQueue();

  PeerLink(String self, String peer, InetSocketAddress address) {
    this.self = self;
    this.peer = peer;
    this.address = address;
  }

  void start() {
    Threads.start("to " + peer, this::run);
  }

  void send(byte[] frame) {
    queue().offer(frame);
  }

  private synchronized SendQueue queue() {
    return queue;
  }

  private synchronized void fresh() {
    queue.end();
    queue = new SendQueue();
  }

  private void run() throws InterruptedException {
    long pause = FIRST_PAUSE_MILLIS;
    while (true) {
      long began = System.nanoTime();
      try (Socket socket = new Socket()) {
        socket.connect(resolved(address), CONNECT_MILLIS);
        socket.setTcpNoDelay(true);
        pump(socket, queue());
      } catch (IOException lost) {
        // Nothing is known about what was sent; the node is not told.
      }
      fresh();
      pause = System.nanoTime() - began > LIVED_NANOS ? FIRST_PAUSE_MILLIS : pause;
      TimeUnit.MILLISECONDS.sleep(pause);
      pause = Math.min(LAST_PAUSE_MILLIS, pause * 2);
    }
  }

  private void pump(Socket socket, SendQueue waiting) throws IOException, InterruptedException {
    Threads.start("end of " + peer, () -> awaitEnd(socket, waiting));
    OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 1 << 14);
    out.write(Frames.hello(self));
    out.flush();
    for (byte[] frame = waiting.take(); frame != null; frame = waiting.take()) {
      out.write(frame);
      if (waiting.isEmpty()) {
        out.flush();
      }
    }
  }

  /** The other side never writes, so that a read ends only with the connection. */
  private static void awaitEnd(Socket socket, SendQueue waiting) {
    try (socket) {
      socket.getInputStream().skip(Long.MAX_VALUE);
    } catch (IOException ended) {
      // Reset: as good as closed.
    } finally {
      waiting.end();
    }
  }

  /** A name is looked up at each dial: behind it may be another address by now. */
  static InetSocketAddress resolved(InetSocketAddress address) {
    return new InetSocketAddress(address.getHostString(), address.getPort());
  }
}
