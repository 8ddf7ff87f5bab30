package dev.faultline.blocking;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * What a scenario steers a run with. Hosts are made by being named; each has an address, to which
 * its name resolves, and a wall clock. The scenario itself runs on the host {@code main}. Threads
 * belong to the host of the thread that started them.
 */
public interface World {
  /** What a host runs. */
  @FunctionalInterface
  interface Body {
    /** As {@link Runnable#run}; an exception ends the thread, an {@link Error} fails the run. */
    void run() throws Exception;
  }

  /** The seed of this run. */
  long seed();

  /** Random numbers that depend on the seed and this name alone. */
  RandomGenerator random(String site);

  /** Virtual time since the run began. */
  Duration elapsed();

  /** Starts a thread on a host. */
  Thread start(String host, Body body);

  /** Ends a host at once, as {@code kill -9} does: its threads never run again, peers are told. */
  void kill(String host);

  /** Lets no thread of a host run until {@link #resume}. */
  void pause(String host);

  /** Ends a {@link #pause}. */
  void resume(String host);

  /** Holds back all that is sent from one host to another, as TCP does when packets are lost. */
  void cut(String from, String to);

  /** Ends a {@link #cut}: what was held back arrives. */
  void heal(String from, String to);

  /** How long a message between two hosts takes, from now on; 0.2 to 2 ms by default. */
  void latency(Duration least, Duration most);

  /** How much the wall clock of a host is ahead of the true one, from now on. */
  void clock(String host, Duration ahead);

  /** A line that counts for whether two runs are the same. */
  void note(String line);
}
