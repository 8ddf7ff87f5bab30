package dev.faultline.node.process;

import dev.faultline.json.JsonView;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The dialling side of a probe: a fresh connection, one frame, and the sender's end of the stream.
 * What it tells is no proof that anything arrived; that comes from the other end.
 */
public final class ProbeDial {
  private ProbeDial() {}

  /** Hears of each step; called from the probing thread, at most once each, in this order. */
  public interface Listener {
    /** The first byte is about to be sent. */
    void sending(long nanos);

    /** All was handed to the kernel, and the stream was ended. */
    void closed(long nanos);

    /** The echo came back whole: when the other side had seen the probe, and when it was here. */
    void echoed(long seenNanos, long nanos);

    /**
     * It is over: {@code ended} after an orderly end, {@code refused}, {@code reset} or {@code
     * silent} when the time was over.
     */
    void over(String how);
  }

  /** Carries one probe out; blocks, at most about as long as given. */
  public static void run(
      String from,
      InetSocketAddress address,
      long id,
      int bytes,
      boolean echo,
      long withinMillis,
      Listener listener) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(withinMillis);
    try (Socket socket = new Socket()) {
      try {
        socket.connect(PeerLink.resolved(address), left(end));
      } catch (IOException e) {
        listener.over(e instanceof SocketTimeoutException ? "silent" : "refused");
        return;
      }
      // A peer that takes nothing must not hold this thread for longer.
      Thread watch = Thread.ofVirtual().start(() -> closeAt(end, socket));
      try {
        exchange(from, socket, id, bytes, echo, end, listener);
      } finally {
        watch.interrupt();
      }
    } catch (IOException e) {
      boolean silent = e instanceof SocketTimeoutException || System.nanoTime() - end >= 0;
      listener.over(silent ? "silent" : "reset");
    }
  }

  private static void exchange(
      String from, Socket socket, long id, int bytes, boolean echo, long end, Listener listener)
      throws IOException {
    socket.setTcpNoDelay(true);
    byte[] frame = Frames.probe(from, id, bytes, echo);
    OutputStream out = socket.getOutputStream();
    listener.sending(System.nanoTime());
    out.write(frame);
    if (!echo) {
      socket.shutdownOutput();
      listener.closed(System.nanoTime());
    }
    socket.setSoTimeout(left(end));
    DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    @Nullable JsonView back = Frames.read("probe's receiver", in);
    if (back != null) {
      listener.echoed(back.get("nanos").integer(), System.nanoTime());
    }
    listener.over("ended");
  }

  private static void closeAt(long end, Socket socket) {
    try {
      TimeUnit.NANOSECONDS.sleep(Math.max(0, end - System.nanoTime()));
      socket.close();
    } catch (InterruptedException done) {
      Thread.currentThread().interrupt();
    } catch (IOException gone) {
      // Closed is what it should be.
    }
  }

  private static int left(long end) {
    return (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()));
  }
}
