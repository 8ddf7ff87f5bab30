package dev.faultline.targets.etcd;

import dev.faultline.harness.Client.Context;
import dev.faultline.harness.servers.JsonHttp;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * One server's JSON gateway over one connection. Why not jetcd: gRPC's channel waits for a
 * connection and backs off for up to two minutes, so that a caller can neither tell a request that
 * was never sent from one whose answer was lost, nor see a healed link soon; and it would bring 44
 * jars into each client host. Here each request is sent once, and the gateway is a part of the
 * server itself.
 */
final class Gateway extends JsonHttp {
  Gateway(InetSocketAddress server) {
    super("etcd", server);
  }

  /** That of a client's own server, which must answer. */
  static Gateway of(Context context) throws IOException, InterruptedException {
    Gateway gateway = new Gateway(context.server());
    try {
      gateway.greet();
      return gateway;
    } catch (IOException | InterruptedException e) {
      gateway.close();
      throw e;
    }
  }

  /** Sees that the server's process answers, without touching data or asking other servers. */
  void greet() throws IOException, InterruptedException {
    greet("/version");
  }

  /** Bytes as the gateway writes them. */
  static String encode(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  static String decode(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }
}
