package dev.faultline.harness.host;

import dev.faultline.harness.Client;
import dev.faultline.json.JsonView;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The process of one hosted client. Its argument is a {@link HostLaunch} as JSON text, or the file
 * that holds one. It listens for the harness, and ends as soon as that connection ends, or when
 * nobody dials within 20 s.
 */
public final class HostMain {
  private static final int DIALLED_WITHIN_MILLIS = 20_000;

  private HostMain() {}

  public static void main(String[] args) throws IOException {
    HostLaunch launch = HostLaunch.fromJson(argument(args));
    Client.Blocking client =
        HostedClients.find(launch.target(), launch.clientInterface(), launch.setup());
    try (Socket socket = accept(launch)) {
      socket.setTcpNoDelay(true);
      new HostLoop(launch, client, socket).run();
    } catch (SocketTimeoutException nobody) {
      System.err.println(launch.client() + ": no harness dialled within 20s");
    }
    // A client library's own threads must not keep this process.
    Runtime.getRuntime().halt(0);
  }

  private static JsonView argument(String[] args) throws IOException {
    if (args.length != 1) {
      throw new IllegalArgumentException("usage: HostMain LAUNCH-JSON|FILE");
    }
    return args[0].startsWith("{")
        ? JsonView.parse("launch", args[0])
        : JsonView.parse(args[0], Files.readString(Path.of(args[0])));
  }

  private static Socket accept(HostLaunch launch) throws IOException {
    try (ServerSocket server = new ServerSocket()) {
      server.setReuseAddress(true);
      server.setSoTimeout(DIALLED_WITHIN_MILLIS);
      InetAddress address = InetAddress.getByName(launch.control().getHostString());
      server.bind(new java.net.InetSocketAddress(address, launch.control().getPort()));
      return server.accept();
    }
  }
}
