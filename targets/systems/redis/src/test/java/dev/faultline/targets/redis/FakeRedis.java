package dev.faultline.targets.redis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Speaks as much of Redis's protocol as is needed to answer in a way that a test says. */
final class FakeRedis implements AutoCloseable {
  /** An answer that closes the connection instead. */
  static final String HANG_UP = "";

  /** What was asked, but for what the library says about itself. */
  final List<String> asked = new CopyOnWriteArrayList<>();

  private final ServerSocket socket;

  /**
   * @param answers gives the answer to a command, as it goes over the wire
   */
  FakeRedis(Function<String, String> answers) throws IOException {
    socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(() -> accept(answers));
  }

  InetSocketAddress address() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  /** A text as a bulk string. */
  static String bulk(String text) {
    return "$" + text.length() + "\r\n" + text + "\r\n";
  }

  private void accept(Function<String, String> answers) {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        Thread.ofVirtual().start(() -> serve(client, answers));
      } catch (IOException closed) {
        // By the test's end.
      }
    }
  }

  private void serve(Socket client, Function<String, String> answers) {
    try (client) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
      for (String head = in.readLine(); head != null; head = in.readLine()) {
        List<String> words = new ArrayList<>();
        for (int i = Integer.parseInt(head.substring(1)); i > 0; i--) {
          words.add(word(in));
        }
        String answer = "+OK\r\n";
        if (!words.get(0).equals("CLIENT")) {
          String command = String.join(" ", words);
          asked.add(command);
          answer = answers.apply(command);
        }
        if (answer.equals(HANG_UP)) {
          return;
        }
        client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException closed) {
      // By the client.
    }
  }

  private static String word(BufferedReader in) throws IOException {
    int length = Integer.parseInt(in.readLine().substring(1));
    StringBuilder word = new StringBuilder();
    while (word.length() < length + 2) {
      word.append((char) in.read());
    }
    return word.substring(0, length);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
