package dev.faultline.harness.nodes;

import dev.faultline.harness.Cluster;
import dev.faultline.json.JsonException;
import dev.faultline.json.JsonView;
import dev.faultline.node.Message;
import dev.faultline.node.process.Frames;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A codec client's connection to a node of the kit, through whatever proxy its address leads to. It
 * connects in the background; what is sent meanwhile waits, and is lost if nobody answers. The
 * listener hears of the end once, also of an end that was asked for. For any thread.
 */
public final class FrameChannel implements Cluster.Channel {
  private static final int CONNECT_MILLIS = 5_000;
  private static final int WAITING = 4096;
  private static final byte[] LAST = new byte[0];

  private final String client;
  private final InetSocketAddress node;
  private final Cluster.ChannelListener listener;
  private final Socket socket = new Socket();
  private final BlockingQueue<byte[]> waiting = new LinkedBlockingQueue<>(WAITING);
  private final AtomicBoolean closed = new AtomicBoolean();

  private FrameChannel(String client, InetSocketAddress node, Cluster.ChannelListener listener) {
    this.client = client;
    this.node = node;
    this.listener = listener;
  }

  /**
   * Begins to connect.
   *
   * @param client its name, to which the node sends its answers
   */
  public static FrameChannel open(
      String client, InetSocketAddress node, Cluster.ChannelListener listener) {
    FrameChannel channel = new FrameChannel(client, node, listener);
    Thread.ofVirtual().name(client + " sends").start(channel::connectAndSend);
    return channel;
  }

  @Override
  public void send(Message message) {
    if (!closed.get() && !waiting.offer(Frames.encode(message.body()))) {
      end("too much waits to be sent");
    }
  }

  @Override
  public void close() {
    end("closed");
  }

  private void connectAndSend() {
    try {
      socket.connect(new InetSocketAddress(node.getHostString(), node.getPort()), CONNECT_MILLIS);
      socket.setTcpNoDelay(true);
      Thread.ofVirtual().name(client + " receives").start(this::receive);
      socket.getOutputStream().write(Frames.hello(client));
      for (byte[] frame = waiting.take(); frame != LAST; frame = waiting.take()) {
        socket.getOutputStream().write(frame);
      }
    } catch (IOException e) {
      end(client + " to " + node + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end("interrupted");
    }
  }

  private void receive() {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 14))) {
      String node = String.valueOf(this.node);
      for (JsonView frame = Frames.read(node, in); frame != null; frame = Frames.read(node, in)) {
        listener.message(new Message(frame.map()));
      }
      end("the connection ended");
    } catch (IOException | JsonException e) {
      end(client + " from " + node + ": " + e.getMessage());
    }
  }

  private void end(String reason) {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    waiting.clear();
    waiting.add(LAST);
    try {
      socket.close();
    } catch (IOException gone) {
      // It is closed either way.
    }
    listener.closed(reason);
  }
}
