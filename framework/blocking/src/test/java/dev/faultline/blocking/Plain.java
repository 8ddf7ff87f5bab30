package dev.faultline.blocking;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Scenarios of plain blocking Java that can be simulated. */
public final class Plain {
  private Plain() {}

  /** One timer, two turns. */
  public static final class Sleeper implements Scenario {
    @Override
    public void run(World world) throws Exception {
      Thread.sleep(200);
    }
  }

  /** Waiting in each way the JDK knows, with a limit. */
  public static final class Waits implements Scenario {
    @Override
    @SuppressWarnings({"WaitNotInLoop", "NamedLikeContextualKeyword", "ThreadPriorityCheck"})
    public void run(World world) throws Exception {
      long begin = System.nanoTime();
      Object monitor = new Object();
      synchronized (monitor) {
        monitor.wait(300);
      }
      new LinkedBlockingQueue<String>().poll(100, TimeUnit.MILLISECONDS);
      new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS);
      ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
      timer.schedule(() -> world.note("fired"), 250, TimeUnit.MILLISECONDS).get();
      Thread.yield();
      long millis = (System.nanoTime() - begin) / 1_000_000;
      if (millis != 700) {
        throw new IllegalStateException("700 ms of waiting took " + millis);
      }
      world.clock("main", Duration.ofHours(1));
      world.note(Instant.now() + " " + System.currentTimeMillis());
    }
  }

  /** Threads that contend for a monitor and hand turns to each other; and the JDK's randomness. */
  public static final class Monitors implements Scenario {
    private int value;

    @Override
    public void run(World world) throws Exception {
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        int number = i;
        threads.add(world.start("n" + i % 2, () -> count(world, number)));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      world.note(UUID.randomUUID() + " " + ThreadLocalRandom.current().nextInt() + Math.random());
      world.note(Map.of("a", 1, "b", 2, "c", 3).toString());
    }

    private void count(World world, int number) throws InterruptedException {
      for (int i = 0; i < 4; i++) {
        synchronized (this) {
          while (value % 5 != number) {
            wait();
          }
          Thread.sleep(1); // keeps the monitor, so that the others contend for it
          value++;
          world.note("thread " + number + " counts " + value);
          notifyAll();
        }
      }
    }
  }

  /** A server with a pool, clients with a limit to their patience, a cut and a kill. */
  public static final class Sockets implements Scenario {
    private final LinkedBlockingQueue<String> answers = new LinkedBlockingQueue<>();

    @Override
    public void run(World world) throws Exception {
      world.start("server", this::serve);
      for (int i = 0; i < 4; i++) {
        String name = "c" + i;
        world.start(name, () -> ask(name, world));
      }
      Thread.sleep(20);
      world.cut("server", "c1");
      Thread.sleep(80);
      world.heal("server", "c1");
      for (int i = 0; i < 20; i++) {
        answers.take();
      }
      world.kill("server");
      answers.clear();
      world.start("c0", () -> ask("c0", world));
      world.note("at last " + answers.take());
    }

    private void serve() throws IOException {
      ExecutorService pool = Executors.newCachedThreadPool();
      try (ServerSocket server = new ServerSocket(80)) {
        while (true) {
          Socket socket = server.accept();
          pool.execute(() -> echo(socket));
        }
      }
    }

    private static void echo(Socket accepted) {
      try (Socket socket = accepted) {
        BufferedReader in = reader(socket);
        PrintStream out = printer(socket);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          out.println("echo of " + line);
        }
      } catch (IOException gone) {
        // the client has gone
      }
    }

    @SuppressWarnings("AddressSelection")
    private void ask(String name, World world) throws Exception {
      for (int i = 0; i < 5; i++) {
        String answer;
        try (Socket socket = new Socket()) {
          socket.connect(new InetSocketAddress("server", 80), 50);
          socket.setSoTimeout(30);
          printer(socket).println(name + " " + i);
          answer = reader(socket).readLine();
        } catch (SocketTimeoutException late) {
          answer = "late";
        } catch (IOException error) {
          answer = String.valueOf(error.getMessage());
        }
        world.note(name + " " + i + ": " + answer);
        answers.add(answer);
        Thread.sleep(world.random(name + i).nextInt(10));
      }
    }

    private static BufferedReader reader(Socket socket) throws IOException {
      return new BufferedReader(
          new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    private static PrintStream printer(Socket socket) throws IOException {
      return new PrintStream(socket.getOutputStream(), true, StandardCharsets.UTF_8);
    }
  }

  /** A check-then-act over a sleep: some orders of the two threads lose an update. */
  public static final class LostUpdate implements Scenario {
    private int balance;

    @Override
    public void run(World world) throws Exception {
      Thread one = world.start("a", () -> add(world.random("a").nextInt(4)));
      Thread two = world.start("b", () -> add(world.random("b").nextInt(4)));
      one.join();
      two.join();
      if (balance != 2) {
        throw new IllegalStateException("the balance is " + balance + ", want 2");
      }
    }

    private void add(int pause) throws InterruptedException {
      Thread.sleep(pause);
      int seen = balance;
      Thread.sleep(1);
      balance = seen + 1;
    }
  }

  /** An assertion fails on another thread. */
  public static final class Wrong implements Scenario {
    @Override
    public void run(World world) throws Exception {
      Executors.newSingleThreadExecutor()
          .execute(() -> {
            throw new AssertionError("not as it should be");
          });
      Thread.sleep(10);
    }
  }

  /** Leaves a thread in Object.wait, which the JVM keeps for ever, with all that it refers to. */
  public static final class Hoarder implements Scenario {
    private final byte[] ballast = new byte[8_000_000];

    @Override
    public void run(World world) throws Exception {
      world.start("n", this::waitForEver);
      Thread.sleep(1);
      world.note("keeps " + ballast.length);
    }

    @SuppressWarnings("WaitNotInLoop")
    private synchronized void waitForEver() throws InterruptedException {
      wait();
    }
  }

  /** Waits for what never comes. */
  public static final class Stuck implements Scenario {
    @Override
    public void run(World world) throws Exception {
      new CountDownLatch(1).await();
    }
  }
}
