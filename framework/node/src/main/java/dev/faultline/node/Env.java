package dev.faultline.node;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** All that a node may touch. Handed to {@link Node#start}; dies with the incarnation. */
public interface Env {
  /** This node's name, such as {@code n1}. */
  String self();

  /** How often this node has been started, from 1. */
  int incarnation();

  Config config();

  Network network();

  Clock clock();

  Timers timers();

  Disk disk();

  /** Random numbers that are a function of (seed, node, incarnation, site, how many were taken). */
  RandomGenerator random(String site);

  /**
   * Tells the harness what happened, as an entry of the history; it is sent before any later
   * message leaves this node.
   *
   * @param name such as {@code leader}, {@code granted} or {@code committed}
   * @param facts name, value, name, value …
   */
  void event(String name, @Nullable Object... facts);
}
