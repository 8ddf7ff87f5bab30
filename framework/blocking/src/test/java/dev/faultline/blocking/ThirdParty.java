package dev.faultline.blocking;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import fi.iki.elonen.NanoHTTPD;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.commons.net.smtp.SMTPClient;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;

/** Scenarios with libraries that know nothing of this. */
public final class ThirdParty {
  private ThirdParty() {}

  private static void join(List<Thread> threads) throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /** Apache Commons Pool: six threads want three objects, and wait for one at most 20 ms. */
  public static final class ObjectPool implements Scenario {
    private static final int MOST = 3;

    private static GenericObjectPoolConfig<Integer> config() {
      GenericObjectPoolConfig<Integer> config = new GenericObjectPoolConfig<>();
      config.setJmxEnabled(false); // the platform's MBean server is shared by all runs
      config.setMaxTotal(MOST);
      config.setMaxWait(Duration.ofMillis(20));
      config.setTestOnReturn(true);
      return config;
    }

    private static final class Numbers extends BasePooledObjectFactory<Integer> {
      private int made;

      @Override
      public Integer create() throws Exception {
        Thread.sleep(3);
        return ++made;
      }

      @Override
      public PooledObject<Integer> wrap(Integer number) {
        return new DefaultPooledObject<>(number);
      }

      @Override
      public boolean validateObject(PooledObject<Integer> pooled) {
        return pooled.getObject() % 4 != 0;
      }
    }

    private int lent;

    @Override
    public void run(World world) throws Exception {
      try (GenericObjectPool<Integer> pool = new GenericObjectPool<>(new Numbers(), config())) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
          String name = "thread " + i;
          threads.add(world.start("main", () -> borrow(pool, name, world)));
        }
        join(threads);
        if (pool.getNumActive() != 0) {
          throw new IllegalStateException(pool.getNumActive() + " objects never came back");
        }
      }
    }

    private void borrow(GenericObjectPool<Integer> pool, String name, World world)
        throws Exception {
      for (int i = 0; i < 5; i++) {
        try {
          Integer number = pool.borrowObject();
          lent++;
          world.note(name + " has " + number + ", " + lent + " of " + MOST);
          Thread.sleep(1 + world.random(name + i).nextInt(15));
          lent--;
          pool.returnObject(number);
        } catch (NoSuchElementException late) {
          world.note(name + " waited in vain");
        }
      }
    }
  }

  /** The same pool with its evictor, which wants a thread of its own. */
  public static final class Evictor implements Scenario {
    @Override
    public void run(World world) throws Exception {
      GenericObjectPoolConfig<Integer> config = ObjectPool.config();
      config.setTimeBetweenEvictionRuns(Duration.ofMillis(5));
      try (GenericObjectPool<Integer> pool =
          new GenericObjectPool<>(new ObjectPool.Numbers(), config)) {
        pool.returnObject(pool.borrowObject());
      }
    }
  }

  /** Apache Commons Net talks SMTP through a cut, tried again by Failsafe with random pauses. */
  public static final class Mail implements Scenario {
    private int delivered;

    @Override
    public void run(World world) throws Exception {
      world.start("relay", this::relay);
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        String name = "sender" + i;
        threads.add(world.start(name, () -> send(name, world)));
      }
      Thread.sleep(15);
      world.cut("relay", "sender1");
      Thread.sleep(120);
      world.heal("relay", "sender1");
      join(threads);
      world.note("delivered " + delivered);
      if (delivered < 3) {
        throw new IllegalStateException("3 mails were sent, " + delivered + " arrived");
      }
    }

    private void send(String name, World world) {
      RetryPolicy<Object> again =
          RetryPolicy.builder()
              .handle(IOException.class)
              .withMaxRetries(9)
              .withBackoff(Duration.ofMillis(5), Duration.ofMillis(80))
              .withJitter(0.5)
              .onFailedAttempt(failed -> world.note(name + ": " + failed.getLastException()))
              .build();
      try {
        Failsafe.with(again).run(() -> sendOnce(name));
        world.note(name + " is done at " + world.elapsed());
      } catch (FailsafeException error) {
        world.note(name + " gives up: " + error);
      }
    }

    private static void sendOnce(String name) throws IOException {
      SMTPClient client = new SMTPClient();
      client.setConnectTimeout(40);
      client.setDefaultTimeout(25);
      try {
        client.connect("relay", 25);
        client.helo(name);
        if (!client.setSender(name + "@example.org")
            || !client.addRecipient("you@example.org")
            || !client.sendShortMessageData("Hello from " + name)) {
          throw new IOException("refused: " + client.getReplyString().strip());
        }
        client.quit();
      } finally {
        client.disconnect();
      }
    }

    private void relay() throws IOException {
      ExecutorService pool = Executors.newFixedThreadPool(2);
      try (ServerSocket server = new ServerSocket(25)) {
        while (true) {
          Socket socket = server.accept();
          pool.execute(() -> take(socket));
        }
      }
    }

    private void take(Socket accepted) {
      try (Socket socket = accepted) {
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        PrintStream out =
            new PrintStream(socket.getOutputStream(), true, StandardCharsets.US_ASCII);
        out.print("220 ready\r\n");
        boolean data = false;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          if (data && !line.equals(".")) {
            continue;
          }
          if (data) {
            delivered++;
          }
          data = line.equals("DATA");
          out.print(data ? "354 go on\r\n" : line.equals("QUIT") ? "221 bye\r\n" : "250 ok\r\n");
        }
      } catch (IOException gone) {
        // the sender has given up
      }
    }
  }

  /** A web server that starts a thread for itself. */
  public static final class WebServer implements Scenario {
    @Override
    public void run(World world) throws Exception {
      new NanoHTTPD(80) {}.start();
    }
  }
}
