package dev.faultline.targets.memcached;

import dev.faultline.harness.Client.Context;
import dev.faultline.harness.servers.LineSocket;
import dev.faultline.workloads.register.RegisterSession;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Registers as keys, each at the server that its hash picks, as memcached's clients do. What a
 * server says beside what it must is an exception, and leaves the outcome unknown.
 */
final class Registers implements RegisterSession {
  private final List<InetSocketAddress> servers;
  private final Map<InetSocketAddress, LineSocket> open = new HashMap<>();

  /** What {@code gets} found: a number, and the version that {@code cas} wants. */
  private record Found(long value, String version) {}

  Registers(Context context) {
    servers = List.copyOf(new TreeMap<>(context.endpoints()).values());
  }

  @Override
  public @Nullable Long read(String key) throws IOException {
    Found found = find(key);
    return found == null ? null : found.value;
  }

  @Override
  public void write(String key, long value) throws IOException {
    String answer = store("set", key, value, "");
    if (!answer.equals("STORED")) {
      throw new IOException(answer);
    }
  }

  @Override
  public boolean compareAndSet(String key, @Nullable Long expected, long value) throws IOException {
    Found found = find(key);
    if (!Objects.equals(found == null ? null : found.value, expected)) {
      return false;
    }
    String answer =
        found == null
            ? store("add", key, value, "")
            : store("cas", key, value, " " + found.version);
    return switch (answer) {
      case "STORED" -> true;
      case "EXISTS", "NOT_FOUND", "NOT_STORED" -> false;
      default -> throw new IOException(answer);
    };
  }

  /** {@code VALUE key flags bytes version}, the number, {@code END}; or {@code END} alone. */
  private @Nullable Found find(String key) throws IOException {
    LineSocket server = server(key);
    String first = server.ask("gets " + key);
    if (first.equals("END")) {
      return null;
    }
    String[] head = first.split(" ", -1);
    if (head.length != 5 || !head[0].equals("VALUE") || !head[1].equals(key)) {
      throw new IOException("no answer to 'gets " + key + "': " + first);
    }
    Found found = new Found(Long.parseLong(server.line()), head[4]);
    String end = server.line();
    if (!end.equals("END")) {
      throw new IOException("no end of an answer: " + end);
    }
    return found;
  }

  private String store(String command, String key, long value, String version) throws IOException {
    String text = Long.toString(value);
    return server(key).ask("%s %s 0 0 %d%s".formatted(command, key, text.length(), version), text);
  }

  private LineSocket server(String key) throws IOException {
    InetSocketAddress at = servers.get(Math.floorMod(key.hashCode(), servers.size()));
    LineSocket socket = open.get(at);
    if (socket == null) {
      socket = new LineSocket(at);
      open.put(at, socket);
    }
    return socket;
  }

  @Override
  public void close() {
    open.values().forEach(LineSocket::close);
  }
}
