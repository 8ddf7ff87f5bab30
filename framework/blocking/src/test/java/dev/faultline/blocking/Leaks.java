package dev.faultline.blocking;

import java.net.DatagramSocket;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;

/** Scenarios that leave the simulation, each in its own way. */
public final class Leaks {
  private Leaks() {}

  /** Starts an ordinary thread. */
  public static final class PlatformThread implements Scenario {
    @Override
    public void run(World world) throws Exception {
      Thread thread = new Thread(() -> {}, "of my own");
      thread.start();
      thread.join();
    }
  }

  /** Starts ordinary threads of the JDK's. */
  public static final class CommonPool implements Scenario {
    @Override
    public void run(World world) throws Exception {
      CompletableFuture.supplyAsync(() -> 1).get();
    }
  }

  /** Opens a real socket. */
  public static final class Channel implements Scenario {
    @Override
    public void run(World world) throws Exception {
      SocketChannel.open().close();
    }
  }

  /** Opens a real socket, and swallows that it may not. */
  public static final class Datagram implements Scenario {
    @Override
    public void run(World world) {
      try (DatagramSocket socket = new DatagramSocket()) {
        world.note("port " + socket.getLocalPort());
      } catch (Exception swallowed) {
        world.note("none");
      }
    }
  }

  /** Waits where a virtual thread cannot leave its carrier. */
  public static final class Pinned implements Scenario {
    private static final class Lazy {
      static final long TIME = slowly();

      private static long slowly() {
        try {
          Thread.sleep(50);
        } catch (InterruptedException end) {
          return 1;
        }
        return 0;
      }
    }

    @Override
    public void run(World world) {
      world.note("time " + Lazy.TIME);
    }
  }

  /** Never waits. */
  public static final class Loop implements Scenario {
    private volatile boolean done;

    @Override
    public void run(World world) {
      while (!done) {
        Thread.onSpinWait();
      }
    }
  }

  /** Lets out a count that the JDK keeps in a static field. */
  public static final class Counter implements Scenario {
    @Override
    public void run(World world) {
      world.note("called " + new Thread(() -> {}).getName());
    }
  }
}
