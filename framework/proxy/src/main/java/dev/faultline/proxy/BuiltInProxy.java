package dev.faultline.proxy;

import dev.faultline.json.JsonView;
import dev.faultline.node.KeyedRandom;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One proxy of the built-in server. Any thread may call. */
final class BuiltInProxy {
  private static final int BACKLOG = 4096;
  private static final int DIAL_MILLIS = 10_000;
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);
  private static final long AFTER_FAILED_ACCEPT = TimeUnit.MILLISECONDS.toNanos(10);

  private final ReentrantLock lock = new ReentrantLock();
  private final String name;
  private final long seed;
  private final Traffic traffic;
  private final Map<String, ToxicSpec> toxics = new LinkedHashMap<>();
  private final Set<Connection> connections = new LinkedHashSet<>();
  private String listen;
  private String upstream;
  private @Nullable ServerSocket server;
  private @Nullable Thread accepting;
  private final AtomicLong accepted = new AtomicLong();
  private long toxicChanges;

  BuiltInProxy(String name, String listen, String upstream, long seed, Traffic traffic) {
    this.name = name;
    this.listen = listen;
    this.upstream = upstream;
    this.seed = seed;
    this.traffic = traffic;
  }

  /** As in the API. */
  Map<String, @Nullable Object> json() {
    return locked(() -> {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("name", name);
      json.put("listen", listen);
      json.put("upstream", upstream);
      json.put("enabled", server != null);
      json.put("toxics", toxicsJson());
      return json;
    });
  }

  /** Upstream first, each stream in the order of its chain. */
  List<Map<String, @Nullable Object>> toxicsJson() {
    return locked(() -> {
      List<Map<String, @Nullable Object>> list = new ArrayList<>();
      for (Stream stream : Stream.values()) {
        toxics.values().stream()
            .filter(toxic -> toxic.stream() == stream)
            .forEach(toxic -> list.add(toxic.json()));
      }
      return list;
    });
  }

  /** Listens; no effect if it does. The port that was found for port 0 is kept from then on. */
  void start() {
    locked(() -> {
      if (server == null) {
        ServerSocket opened = open();
        server = opened;
        listen = Addresses.text(opened.getInetAddress(), opened.getLocalPort());
        accepting = Thread.ofVirtual().name(name + " accept").start(() -> accept(opened));
      }
      return true;
    });
  }

  /** Refuses connections and drops those there are. */
  void stop() {
    locked(() -> {
      if (server != null) {
        Sockets.close(server);
        server = null;
        awaitPort();
        connections.forEach(Connection::drop);
        connections.clear();
      }
      return true;
    });
  }

  /** Moves it, which drops its connections, and switches it on or off. */
  void update(String newListen, String newUpstream, boolean enabled) {
    locked(() -> {
      if (differs(newListen, newUpstream)) {
        stop();
        listen = newListen;
        upstream = newUpstream;
      }
      if (enabled) {
        start();
      } else {
        stop();
      }
      return true;
    });
  }

  /** The values that an update starts from. */
  Settings settings() {
    return locked(() -> new Settings(listen, upstream, server != null));
  }

  /** Port 0 always differs: it asks for a new port. */
  boolean differs(String newListen, String newUpstream) {
    String resolved = resolved(newListen);
    return locked(() -> !listen.equals(resolved) || !upstream.equals(newUpstream));
  }

  ToxicSpec toxic(String toxic) {
    return locked(() -> {
      ToxicSpec spec = toxics.get(toxic);
      if (spec == null) {
        throw new ApiException(404, "toxic not found");
      }
      return spec;
    });
  }

  void add(ToxicSpec toxic) {
    locked(() -> {
      if (toxics.putIfAbsent(toxic.name(), toxic) != null) {
        throw new ApiException(409, "toxic already exists");
      }
      if (toxic.type().equals(Toxics.FRAMES)) {
        // Where frames of these connections begin is not known; the next ones are seen whole.
        connections.forEach(Connection::drop);
        connections.clear();
      }
      connections.forEach(connection -> connection.add(toxic));
      return true;
    });
  }

  ToxicSpec update(String toxic, JsonView given) {
    return locked(() -> {
      ToxicSpec changed = ToxicJson.changed(toxic(toxic), given);
      toxics.put(toxic, changed);
      toxicChanges++;
      connections.forEach(connection -> connection.update(changed));
      return changed;
    });
  }

  void remove(String toxic) {
    locked(() -> {
      ToxicSpec gone = toxic(toxic);
      toxics.remove(toxic);
      connections.forEach(connection -> connection.flow(gone.stream()).remove(toxic));
      return true;
    });
  }

  /** Enables it and removes all toxics. */
  void reset() {
    locked(() -> {
      start();
      List.copyOf(toxics.keySet()).forEach(this::remove);
      return true;
    });
  }

  private ServerSocket open() {
    String resolved = resolved(listen);
    try {
      ServerSocket opened = new ServerSocket();
      try {
        // A proxy that was disabled comes back at its port although old connections linger there.
        opened.setReuseAddress(true);
        opened.bind(Addresses.resolve(Addresses.parse("listen", resolved)), BACKLOG);
        return opened;
      } catch (IOException | RuntimeException e) {
        Sockets.close(opened);
        throw e;
      }
    } catch (IOException e) {
      String why = String.valueOf(e.getMessage());
      String reason =
          why.toLowerCase(Locale.ROOT).contains("already in use") ? "address already in use" : why;
      throw new ApiException(500, "listen tcp " + resolved + ": bind: " + reason);
    }
  }

  private static String resolved(String listen) {
    try {
      InetSocketAddress address =
          Addresses.resolve(Addresses.parse("listen tcp", listen.isEmpty() ? ":0" : listen));
      if (address.getAddress() == null) {
        throw new ApiException(
            500, "listen tcp: lookup " + address.getHostString() + ": no such host");
      }
      return Addresses.text(address.getAddress(), address.getPort());
    } catch (IllegalArgumentException e) {
      throw new ApiException(500, String.valueOf(e.getMessage()));
    }
  }

  /** A virtual thread in accept keeps the port until it has noticed the close. */
  private void awaitPort() {
    Thread thread = accepting;
    accepting = null;
    if (thread != null) {
      try {
        boolean unused = thread.join(LONGEST_CLOSE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void accept(ServerSocket from) {
    while (!from.isClosed()) {
      try {
        Socket client = from.accept();
        long number = accepted.incrementAndGet();
        Thread.ofVirtual().name(name + " dial").start(() -> connect(from, client, number));
      } catch (IOException e) {
        if (!from.isClosed()) {
          // Such as too many open files: it may pass.
          LockSupport.parkNanos(AFTER_FAILED_ACCEPT);
        }
      }
    }
  }

  private void connect(ServerSocket from, Socket client, long number) {
    Socket target = new Socket();
    try {
      client.setTcpNoDelay(true);
      target.setTcpNoDelay(true);
      String to = settings().upstream();
      target.connect(Addresses.resolve(Addresses.parse("upstream", to)), DIAL_MILLIS);
    } catch (IOException | IllegalArgumentException e) {
      // As Toxiproxy: the client is let in and sees an end.
      Sockets.close(target);
      Sockets.close(client);
      return;
    }
    locked(() -> {
      if (from.isClosed()) {
        Sockets.close(target);
        Sockets.close(client);
      } else {
        Connection connection = new Connection(client, target, number);
        connections.add(connection);
        toxics.values().forEach(connection::add);
        connection.start();
      }
      return true;
    });
  }

  private <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  /** What a proxy is set to. */
  record Settings(String listen, String upstream, boolean enabled) {}

  /** Two sockets and the flows between them. */
  private final class Connection {
    private final Socket client;
    private final Socket target;
    private final long number;
    private final Flow up;
    private final Flow down;
    private int running = 2;

    Connection(Socket client, Socket target, long number) {
      this.client = client;
      this.target = target;
      this.number = number;
      up = flow(Stream.UPSTREAM, client, target);
      down = flow(Stream.DOWNSTREAM, target, client);
    }

    private Flow flow(Stream stream, Socket from, Socket to) {
      return new Flow(
          name + " " + stream.text(),
          from,
          to,
          traffic.tally(stream, name, listen, upstream),
          this::flowOver);
    }

    void start() {
      up.start();
      down.start();
    }

    Flow flow(Stream stream) {
      return stream == Stream.UPSTREAM ? up : down;
    }

    void add(ToxicSpec toxic) {
      flow(toxic.stream()).add(new Stage(toxic, make(toxic)));
    }

    void update(ToxicSpec toxic) {
      flow(toxic.stream()).update(toxic, make(toxic));
    }

    private Toxic make(ToxicSpec toxic) {
      KeyedRandom random =
          KeyedRandom.of(
              seed, name, toxic.name(), Long.toString(number), Long.toString(toxicChanges));
      Flow flow = flow(toxic.stream());
      return Toxics.make(toxic, random, flow.tally().faults(), flow::reset);
    }

    void drop() {
      up.drop();
      down.drop();
      Sockets.close(client);
      Sockets.close(target);
    }

    private void flowOver() {
      locked(() -> --running == 0 && connections.remove(this));
    }
  }
}
