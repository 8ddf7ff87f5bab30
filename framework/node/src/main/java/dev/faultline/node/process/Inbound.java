package dev.faultline.node.process;

import dev.faultline.json.JsonException;
import dev.faultline.json.JsonView;
import dev.faultline.node.Message;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The connections that nodes, clients and probes dialled to this node. */
final class Inbound {
  /** How many unanswered questions are remembered. */
  private static final int QUESTIONS = 10_000;

  private final ServerSocket server;
  private final Set<String> peers;
  private final Handler handler;
  private final Map<String, SendQueue> newest = new LinkedHashMap<>();
  private final Map<Question, SendQueue> askedOn =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Question, SendQueue> eldest) {
          return size() > QUESTIONS;
        }
      };

  private record Question(String client, Object id) {}

  /** What happens on the connections; called from their threads. */
  interface Handler {
    void message(String from, Message message);

    /** A whole probe came. */
    void probeSeen(String from, long id, long nanos);

    /** The end of a probe's stream came. */
    void probeClosed(String from, long id, long nanos);
  }

  /**
   * @param peers who gets answers over a connection of this node's own
   */
  Inbound(ServerSocket server, Set<String> peers, Handler handler) {
    this.server = server;
    this.peers = peers;
    this.handler = handler;
  }

  void start() {
    Threads.start("accept", this::accept);
  }

  /**
   * Sends to a client: over the connection on which it asked, if that is still there, so that a
   * late answer finds who waits for it; else over its newest one. Lost if there is none.
   *
   * @param inReplyTo the {@code msg_id} that is answered, or null
   */
  void answer(String to, @Nullable Object inReplyTo, byte[] frame) {
    SendQueue queue;
    synchronized (this) {
      queue = inReplyTo == null ? null : askedOn.remove(new Question(to, inReplyTo));
      if (queue == null || queue.ended()) {
        queue = newest.get(to);
      }
    }
    if (queue != null) {
      queue.offer(frame);
    }
  }

  private void accept() {
    while (true) {
      try {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        Threads.start("from " + socket.getRemoteSocketAddress(), () -> serve(socket));
      } catch (IOException oneConnectionLess) {
        if (server.isClosed()) {
          return;
        }
      }
    }
  }

  private void serve(Socket socket) {
    try (socket;
        DataInputStream in =
            new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 14))) {
      String whom = String.valueOf(socket.getRemoteSocketAddress());
      JsonView first = Frames.read(whom, in);
      if (first == null) {
        return;
      }
      JsonView hello = first.find("hello");
      if (hello == null) {
        probe(first, socket, in);
      } else {
        String from = hello.string();
        if (peers.contains(from)) {
          for (JsonView frame = Frames.read(from, in);
              frame != null;
              frame = Frames.read(from, in)) {
            handler.message(from, new Message(frame.map()));
          }
        } else {
          questions(from, socket, in);
        }
      }
    } catch (IOException | JsonException gone) {
      // Lost, with what was on its way; and what nobody of ours sent must not end the node.
    }
  }

  private void questions(String from, Socket socket, DataInputStream in) throws IOException {
    SendQueue queue = new SendQueue();
    synchronized (this) {
      newest.put(from, queue);
    }
    Threads.start("answers to " + from, () -> pump(queue, socket));
    try {
      for (JsonView frame = Frames.read(from, in); frame != null; frame = Frames.read(from, in)) {
        Message message = new Message(frame.map());
        Object id = message.field("msg_id");
        if (id != null) {
          synchronized (this) {
            askedOn.put(new Question(from, id), queue);
          }
        }
        handler.message(from, message);
      }
    } finally {
      synchronized (this) {
        newest.remove(from, queue);
      }
      queue.end();
    }
  }

  private static void pump(SendQueue queue, Socket socket) throws InterruptedException {
    try (socket) {
      for (byte[] frame = queue.take(); frame != null; frame = queue.take()) {
        socket.getOutputStream().write(frame);
      }
    } catch (IOException lost) {
      queue.end();
    }
  }

  private void probe(JsonView first, Socket socket, DataInputStream in) throws IOException {
    long seen = System.nanoTime();
    String from = first.get("from").string();
    long id = first.get("probe").integer();
    handler.probeSeen(from, id, seen);
    JsonView echo = first.find("echo");
    if (echo != null) {
      socket
          .getOutputStream()
          .write(Frames.padded(Map.of("seen", id, "nanos", seen), (int) echo.integer()));
    }
    try {
      while (in.read() >= 0) {
        // Nothing follows a probe but its end.
      }
    } finally {
      handler.probeClosed(from, id, System.nanoTime());
    }
  }
}
