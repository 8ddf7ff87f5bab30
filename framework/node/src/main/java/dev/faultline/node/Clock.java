package dev.faultline.node;

/** A node's two clocks. */
public interface Clock {
  /** Nanoseconds since 1970 as this node believes: can be skewed, and can step either way. */
  long wall();

  /** Nanoseconds of a local clock: its rate can be wrong, but it never steps. */
  long monotonic();
}
