package dev.faultline.checker.linear;

import org.jspecify.annotations.Nullable;

/** A way to go through the configurations of a search, a little at a time. */
interface Engine {
  /** Goes on until it is over or has looked at so many configurations. */
  void run(long effort);

  /** Whether it is decided. */
  boolean isOver();

  /** The calls in an order; null if there is none, or not yet. */
  int @Nullable [] order();

  /** The farthest return that was come to; if it is over without an order, nobody gets past it. */
  int farthest();

  /** How many configurations are open, or known to lead nowhere. */
  long configurations();

  /** What this holds in memory, and may while it grows. */
  long bytes();
}
