package dev.faultline.blocking.kernel;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A machine: a name, an address, a wall clock, and the life that it has now. */
final class Host {
  final String name;
  final InetAddress address;
  private final Universe universe;
  long clockAhead;
  boolean paused;
  final List<Task> held = new ArrayList<>();
  private @Nullable Life life;

  Host(Universe universe, String name, InetAddress address) {
    this.universe = universe;
    this.name = name;
    this.address = address;
  }

  /** From a start to a kill. Threads inherit it, since it is their scheduler. */
  final class Life implements Executor {
    boolean dead;
    final List<SimSocket> sockets = new ArrayList<>();

    Host host() {
      return Host.this;
    }

    @Override
    public void execute(Runnable continuation) {
      universe.ready(this, continuation);
    }
  }

  Life life() {
    Life now = life;
    if (now == null || now.dead) {
      now = new Life();
      life = now;
    }
    return now;
  }

  @Override
  public String toString() {
    return name;
  }
}
