package dev.faultline.local;

import dev.faultline.harness.EnvironmentException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The addresses of one run, fixed before anything starts, so that all can start at once and a
 * restarted node finds its own again. Where all of 127.0.0.0/8 is this machine's (Linux), the run
 * claims a block of 256 addresses by listening on one of them for as long as it lasts; ports then
 * lie below those that the kernel hands out, so that nobody else takes them. Elsewhere it is
 * 127.0.0.1 and ports that were free a moment ago.
 */
final class Addresses implements AutoCloseable {
  private static final int ATTEMPTS = 64;
  private static final int PORT = 7100;
  private static final int CLAIM = 1;
  private static final int SHARED = 2;
  private static final int FIRST_OWN = 10;
  private static final int LAST_OWN = 250;

  private final String block;
  private final ServerSocket claim;
  private final Map<String, String> own = new LinkedHashMap<>();
  private int ports = PORT;

  private Addresses(String block, ServerSocket claim) {
    this.block = block;
    this.claim = claim;
  }

  /**
   * Claims addresses.
   *
   * @throws EnvironmentException if none can be had
   */
  static Addresses claim() {
    SecureRandom random = new SecureRandom();
    IOException last = null;
    for (int i = 0; i < ATTEMPTS; i++) {
      // 127.0.x and 127.1.x are left to what people set up by hand.
      String block = "127." + (2 + random.nextInt(250)) + "." + random.nextInt(256) + ".";
      try {
        return new Addresses(block, listen(block + CLAIM, PORT));
      } catch (IOException taken) {
        last = taken;
        if (i == 0 && !listens(block + CLAIM)) {
          break;
        }
      }
    }
    try {
      return new Addresses("", listen("127.0.0.1", 0));
    } catch (IOException e) {
      e.addSuppressed(last);
      throw new EnvironmentException(
          "environment local: cannot listen on 127.0.0.1: %s; loopback must be up"
              .formatted(e.getMessage()),
          e);
    }
  }

  /** An address and port for one of a party's listeners; each party has an address of its own. */
  InetSocketAddress of(String party) {
    if (block.isEmpty()) {
      return free();
    }
    String host =
        own.computeIfAbsent(
            party,
            p -> block + (own.size() > LAST_OWN - FIRST_OWN ? SHARED : FIRST_OWN + own.size()));
    return new InetSocketAddress(host, ports++);
  }

  /** An address and port on the address that proxies and servers share. */
  InetSocketAddress shared() {
    return block.isEmpty() ? free() : new InetSocketAddress(block + SHARED, ports++);
  }

  /** Gives the claim up; everything that listened must have ended. */
  @Override
  public void close() {
    try {
      claim.close();
    } catch (IOException gone) {
      // The claim ends with the process at the latest.
    }
  }

  /** Ports that are handed out are all held until each of them is known, so none comes twice. */
  private InetSocketAddress free() {
    List<ServerSocket> held = new ArrayList<>();
    try {
      while (true) {
        ServerSocket socket = listen("127.0.0.1", 0);
        held.add(socket);
        if (given.add(socket.getLocalPort())) {
          return new InetSocketAddress("127.0.0.1", socket.getLocalPort());
        }
      }
    } catch (IOException e) {
      throw new EnvironmentException(
          "environment local: no free port on 127.0.0.1: " + e.getMessage(), e);
    } finally {
      for (ServerSocket socket : held) {
        closeQuietly(socket);
      }
    }
  }

  private final java.util.Set<Integer> given = new java.util.HashSet<>();

  private static boolean listens(String host) {
    try {
      closeQuietly(listen(host, 0));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static ServerSocket listen(String host, int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.bind(new InetSocketAddress(host, port));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static void closeQuietly(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
