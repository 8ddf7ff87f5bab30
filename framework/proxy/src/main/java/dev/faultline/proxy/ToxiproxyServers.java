package dev.faultline.proxy;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.Warden;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A running Toxiproxy server on loopback: the built-in one, in this JVM, or the real {@code
 * toxiproxy-server}, as a process. That is looked for on the PATH, and in {@code .faultline/bin}
 * under the directory named by the system property {@code faultline.root}, where {@code
 * scripts/setup-toxiproxy} puts it. Says which it is: their randomness and their counters differ.
 */
public final class ToxiproxyServers implements AutoCloseable {
  private static final String BUILT_IN = "built-in proxy";

  /** As the program is called. */
  static final String PROGRAM = "toxiproxy-server";

  private static final Duration START = Duration.ofSeconds(10);
  private static final Duration STOP = Duration.ofSeconds(3);

  private final ToxiproxyControl control;
  private final int port;
  private final String means;
  private final AutoCloseable server;

  private ToxiproxyServers(int port, String means, AutoCloseable server) {
    this(new ToxiproxyControl("127.0.0.1", port), port, means, server);
  }

  private ToxiproxyServers(ToxiproxyControl control, int port, String means, AutoCloseable server) {
    this.control = control;
    this.port = port;
    this.means = means;
    this.server = server;
  }

  /**
   * Starts the built-in server, which carries every kind of fault, or the real one if {@link
   * Carrier#asked} says so.
   *
   * @param warden is told the process
   * @param log takes the process's output
   * @param seed of the built-in server's randomness; the real one has no seed that works
   * @throws EnvironmentException if the real server is asked for and does not start
   */
  public static ToxiproxyServers start(Warden warden, Path log, long seed) {
    ToxiproxyServers started =
        Carrier.asked().equals("toxiproxy") ? real(found(), warden, log) : builtIn(seed);
    ProxyRelief.register(warden, "127.0.0.1", started.port);
    return started;
  }

  private static Path found() {
    Path program = find();
    if (program == null) {
      throw new EnvironmentException(
          "FAULTLINE_PROXY is toxiproxy, and there is no "
              + PROGRAM
              + " on the PATH; run scripts/setup-toxiproxy, or leave it out for the built-in proxy");
    }
    return program;
  }

  /** Whether it is the built-in one. */
  public boolean own() {
    return means.equals(BUILT_IN);
  }

  /** Starts the built-in server, whatever else there is. */
  public static ToxiproxyServers builtIn(long seed) {
    BuiltInToxiproxy server = BuiltInToxiproxy.start("127.0.0.1", 0, seed);
    return new ToxiproxyServers(server.api().getPort(), BUILT_IN, server);
  }

  /** Drives the server. */
  public ToxiproxyControl control() {
    return control;
  }

  /** What it is: {@code toxiproxy 2.12.0} or {@code built-in proxy}. */
  public String means() {
    return means;
  }

  /** For the run's record. */
  public Map<String, String> versions() {
    return Map.of("proxy", means);
  }

  /** Ends the server; bounded, never fails. */
  @Override
  public void close() {
    control.close();
    try {
      server.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** The real server's program, or null. */
  static @Nullable Path find() {
    Path onPath = onPath(PROGRAM);
    String root = System.getProperty("faultline.root", "");
    if (onPath != null || root.isEmpty()) {
      return onPath;
    }
    Path own = Path.of(root, ".faultline", "bin", PROGRAM);
    return Files.isExecutable(own) ? own : null;
  }

  private static @Nullable Path onPath(String program) {
    String path = System.getenv("PATH");
    if (path == null) {
      return null;
    }
    for (String directory : path.split(File.pathSeparator, -1)) {
      Path file = Path.of(directory, program);
      if (!directory.isEmpty() && Files.isRegularFile(file) && Files.isExecutable(file)) {
        return file.toAbsolutePath();
      }
    }
    return null;
  }

  static ToxiproxyServers real(Path program, Warden warden, Path log) {
    int port = freePort();
    List<String> command = new ArrayList<>();
    Path setsid = onPath("setsid");
    if (setsid != null) {
      // A session of its own, so that Ctrl-C reaches the harness alone, which heals first.
      command.add(setsid.toString());
    }
    command.addAll(
        List.of(program.toString(), "-host=127.0.0.1", "-port=" + port, "-proxy-metrics"));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new EnvironmentException(
          "%s: it does not start: %s; remove it to use the built-in proxy"
              .formatted(program, e.getMessage()),
          e);
    }
    warden.process(process.pid());
    ToxiproxyControl control = new ToxiproxyControl("127.0.0.1", port);
    try {
      String version = awaitVersion(control, process, program, log);
      return new ToxiproxyServers(control, port, "toxiproxy " + version, () -> stop(process));
    } catch (RuntimeException e) {
      control.close();
      process.destroyForcibly();
      throw e;
    }
  }

  private static String awaitVersion(
      ToxiproxyControl control, Process process, Path program, Path log) {
    long deadline = System.nanoTime() + START.toNanos();
    while (true) {
      try {
        return control.version();
      } catch (EnvironmentException notYet) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          throw new EnvironmentException(
              "%s: its API did not answer within %d s%s; see %s, or remove it for the built-in proxy"
                  .formatted(
                      program,
                      START.toSeconds(),
                      process.isAlive() ? "" : " (it ended with " + process.exitValue() + ")",
                      log),
              notYet);
        }
      }
      try {
        process.waitFor(20, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new EnvironmentException("interrupted while " + program + " started", e);
      }
    }
  }

  private static void stop(Process process) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
      process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** Free now; another program could take it before the server does, and then it says so. */
  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new EnvironmentException("no free loopback port: " + e.getMessage(), e);
    }
  }
}
