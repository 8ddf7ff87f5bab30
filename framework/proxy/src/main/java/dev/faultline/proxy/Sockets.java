package dev.faultline.proxy;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;

/** What is done to sockets that may be gone already. */
final class Sockets {
  private Sockets() {}

  static void close(Closeable socket) {
    try {
      socket.close();
    } catch (IOException gone) {
      // It is closed either way.
    }
  }

  /** Its close will be a reset. */
  static void resetOnClose(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (SocketException gone) {
      // Closed already; then the other side has seen an end.
    }
  }
}
