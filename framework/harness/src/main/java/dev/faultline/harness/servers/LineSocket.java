package dev.faultline.harness.servers;

import dev.faultline.harness.Client;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * One connection to a server that answers lines of text with lines of text. Each request is sent
 * once, and there is no time-out: the harness interrupts, which closes the socket of the virtual
 * thread that waits for it.
 */
public final class LineSocket implements AutoCloseable {
  /** How the reason begins where no connection came about, to be declared as definite. */
  public static final String NOT_SENT = JsonHttp.NOT_SENT;

  private static final int CONNECT_MILLIS = 1_000;

  private final Socket socket = new Socket();
  private final BufferedReader answers;

  /**
   * Connects.
   *
   * @throws Client.UndoneException if it cannot, within a second
   */
  public LineSocket(InetSocketAddress server) throws Client.UndoneException {
    try {
      socket.setTcpNoDelay(true);
      socket.connect(server, CONNECT_MILLIS);
      answers =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      close();
      throw new Client.UndoneException(NOT_SENT + e.getMessage());
    }
  }

  /**
   * Sends lines, each ended by CR LF, in one piece, and waits for the first line of the answer.
   *
   * @throws IOException if the outcome is unknown
   */
  public String ask(String... lines) throws IOException {
    String request = String.join("\r\n", lines) + "\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
    return line();
  }

  /**
   * The next line of an answer, without its end.
   *
   * @throws EOFException if the server has ended the connection
   */
  public String line() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new EOFException("the server ended the connection");
    }
    return line;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
