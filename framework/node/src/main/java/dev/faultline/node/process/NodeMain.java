package dev.faultline.node.process;

import dev.faultline.json.JsonView;
import dev.faultline.node.KeyedRandom;
import dev.faultline.node.Message;
import dev.faultline.node.Node;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * The process of one node of the kit. Its argument is a {@link NodeLaunch} as JSON text, or the
 * file that holds one. It listens for nodes and for the harness, starts the node when the harness
 * says so, and ends as soon as that connection ends, or when nobody dials within 20 s. When the
 * harness hangs and its {@link Lease} lapses, the clock is true again and the disk well. An
 * exception that the node's code lets go is printed with its stack to standard error and ends the
 * process with {@link #CRASHED}.
 */
public final class NodeMain {
  /** Exit code of a node whose code threw. */
  public static final int CRASHED = 70;

  private static final int DIALLED_WITHIN_MILLIS = 20_000;

  /** Of a node that starts with a wrong clock, until the harness renews it. */
  private static final Duration FIRST_LEASE = Duration.ofSeconds(10);

  private NodeMain() {}

  public static void main(String[] args) throws IOException {
    NodeLaunch launch = NodeLaunch.fromJson(argument(args));
    Thread.setDefaultUncaughtExceptionHandler((thread, e) -> crash(e));
    try (ServerSocket data = listen(launch.listen())) {
      // Loaded while the harness is still dialling.
      Node node = node(launch.type());
      Socket harness = accept(launch);
      run(launch, node, data, harness);
    } catch (SocketTimeoutException nobody) {
      System.err.println(launch.self() + ": no harness dialled within 20s");
    }
    Runtime.getRuntime().halt(0);
  }

  private static void run(NodeLaunch launch, Node node, ServerSocket data, Socket harness)
      throws IOException {
    harness.setTcpNoDelay(true);
    SteeredClock clock = SteeredClock.ofMachine();
    clock.steer(launch.offsetNanos(), launch.driftPpm(), launch.frozenAt() != 0);
    if (launch.frozenAt() != 0) {
      clock.standAt(launch.frozenAt());
    }
    Loop loop = new Loop(clock);
    Control control = new Control(launch, clock, harness);
    FaultyDisk disk =
        new FaultyDisk(
            new FileDisk(launch.data(), loop::post),
            KeyedRandom.of(launch.seed(), "disk", launch.self(), launch.incarnation()),
            loop::post,
            control::damaged);
    Lease lease =
        new Lease(() -> {
          clock.steer(0, 0, false);
          disk.set(FaultyDisk.State.HEALTHY);
          loop.clockChanged();
          control.event("lapsed", Map.of());
        });
    if (launch.offsetNanos() != 0 || launch.driftPpm() != 0) {
      lease.renew(FIRST_LEASE);
    }
    Inbound inbound = new Inbound(data, launch.peers().keySet(), handler(node, loop, control));
    ProcessEnv env =
        new ProcessEnv(
            launch,
            clock,
            loop,
            disk,
            control,
            inbound,
            (from, message) -> loop.post(() -> node.onMessage(from, message)));
    Runnable begin =
        () -> {
          control.event("started", Map.of("pid", ProcessHandle.current().pid()));
          if (launch.time() != null) {
            new TimeFollower(launch.time(), clock).start();
          }
          node.start(env);
          inbound.start();
          env.dialPeers();
          control.write("ready", true);
        };
    Threads.start("loop", loop::run);
    control.write("listening", true);
    control.serve(
        lease, disk, loop::clockChanged, () -> loop.post(begin), () -> loop.post(() -> stop(node)));
  }

  private static Inbound.Handler handler(Node node, Loop loop, Control control) {
    return new Inbound.Handler() {
      @Override
      public void message(String from, Message message) {
        loop.post(() -> node.onMessage(from, message));
      }

      @Override
      public void probeSeen(String from, long id, long nanos) {
        control.write("probe-seen", id, "from", from, "nanos", nanos);
      }

      @Override
      public void probeClosed(String from, long id, long nanos) {
        control.write("probe-closed", id, "from", from, "nanos", nanos);
      }
    };
  }

  private static void stop(Node node) {
    node.stop();
    Runtime.getRuntime().halt(0);
  }

  private static void crash(Throwable e) {
    try {
      e.printStackTrace();
    } finally {
      Runtime.getRuntime().halt(CRASHED);
    }
  }

  private static Node node(String type) {
    try {
      return (Node) Class.forName(type).getConstructor().newInstance();
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new IllegalArgumentException(
          "node type %s: %s; it must be on the class path, implement Node, and have a public constructor without parameters"
              .formatted(type, e),
          e);
    }
  }

  private static JsonView argument(String[] args) throws IOException {
    if (args.length != 1) {
      throw new IllegalArgumentException("usage: NodeMain LAUNCH-JSON|FILE");
    }
    return args[0].startsWith("{")
        ? JsonView.parse("launch", args[0])
        : JsonView.parse(args[0], Files.readString(Path.of(args[0])));
  }

  private static Socket accept(NodeLaunch launch) throws IOException {
    try (ServerSocket server = listen(launch.control())) {
      server.setSoTimeout(DIALLED_WITHIN_MILLIS);
      return server.accept();
    }
  }

  private static ServerSocket listen(InetSocketAddress address) throws IOException {
    ServerSocket server = new ServerSocket();
    try {
      // A restarted node listens where the killed one did, whose connections linger.
      server.setReuseAddress(true);
      server.bind(PeerLink.resolved(address));
      return server;
    } catch (IOException e) {
      server.close();
      throw new IOException("cannot listen at %s: %s".formatted(address, e.getMessage()), e);
    }
  }
}
