package dev.faultline.blocking.kernel;

import dev.faultline.blocking.Refusal;
import dev.faultline.blocking.Scenario;
import dev.faultline.blocking.agent.Agent;
import dev.faultline.blocking.boot.Hooks;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * This JVM, made ready for universes. Made once; refuses where the JVM is not as it must be, and
 * tries itself out.
 */
final class Machine {
  private final Jdk jdk;
  private final Entropy entropy;
  private final Watchdog watchdog;
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

  Machine(Watchdog watchdog) {
    this.watchdog = watchdog;
    if (Hooks.class.getClassLoader() != null || !Agent.trouble().isEmpty()) {
      throw new Refusal("agent: it does not work in this JVM: " + Agent.trouble());
    }
    jdk = Jdk.find();
    entropy = new Entropy();
    jdk.replaceTimers(new TimerService());
    try {
      takeSocketsOver();
    } catch (IOException error) {
      throw new Refusal("jdk: sockets cannot be simulated: " + error);
    }
    Thread.setDefaultUncaughtExceptionHandler((thread, error) -> Universe.current().died(error));
    selfTest();
  }

  @SuppressWarnings("deprecation") // there is no other way, and they are not to be removed
  private static void takeSocketsOver() throws IOException {
    Socket.setSocketImplFactory(SimSocket::new);
    ServerSocket.setSocketFactory(SimSocket::new);
    DatagramSocket.setDatagramSocketImplFactory(() -> {
      throw Hooks.refuse("real-socket: a DatagramSocket is opened; Socket is simulated");
    });
  }

  /**
   * Runs one universe.
   *
   * @param scenario what makes the scenario, given the class loader of this universe
   */
  Universe.Result run(long seed, Libraries libraries, Function<ClassLoader, Scenario> scenario) {
    Thread.currentThread().setContextClassLoader(libraries);
    entropy.begin(seed);
    long started = threads.getTotalStartedThreadCount();
    Universe universe = new Universe(seed, jdk, watchdog);
    Output.of(universe);
    Universe.Result result = universe.run(world -> scenario.apply(libraries).run(world));
    long more = threads.getTotalStartedThreadCount() - started;
    if (more > 0) {
      throw new Refusal("platform-thread: " + more + " were started, unseen, with seed " + seed);
    }
    return result;
  }

  /** Whether all that the simulation needs does what it should, here and now. */
  private void selfTest() {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("VirtualThread-unblocker")) {
        throw new Refusal("jdk: the thread " + thread.getName() + " runs already");
      }
    }
    Universe.Result result =
        run(1, Libraries.of(Libraries.source(new java.net.URL[0])), loader -> this::sample);
    if (result.failure() != null) {
      throw new Refusal("self-test: " + result.failure());
    }
    Set<String> missing = Agent.missing();
    if (!missing.isEmpty()) {
      throw new Refusal("agent: found no use of " + String.join(", ", missing) + " in this JDK");
    }
  }

  private void sample(dev.faultline.blocking.World world) throws Exception {
    long before = System.nanoTime();
    TimeUnit.MILLISECONDS.sleep(200);
    long slept = System.nanoTime() - before;
    expect(slept >= 200_000_000 && slept < 200_100_000, "sleep(200 ms) took " + slept + " ns");
    expect(java.time.Instant.now().toString().startsWith("2026-01-01T00:00:00.2"), "Instant.now");
    Object monitor = new Object();
    boolean[] told = {false};
    try (var pool = Executors.newFixedThreadPool(1)) {
      synchronized (monitor) {
        pool.execute(() -> {
          synchronized (monitor) {
            told[0] = true;
            monitor.notifyAll();
          }
        });
        while (!told[0]) {
          monitor.wait();
        }
      }
    }
    Set.of("a", "b", "c").forEach(world::note);
  }

  private static void expect(boolean holds, String what) {
    if (!holds) {
      throw new IllegalStateException(what);
    }
  }
}
