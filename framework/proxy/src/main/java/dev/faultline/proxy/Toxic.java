package dev.faultline.proxy;

import java.util.Deque;

/**
 * One toxic on one stream of one connection, as a machine without thread or clock. Times are
 * nanoseconds of the connection, from 0.
 */
interface Toxic {
  /** No time at which anything will happen. */
  long NEVER = Long.MAX_VALUE;

  /**
   * Moves what can move now: takes from the head of {@code in}, gives to {@code out} while that has
   * room. A chunk that is not passed whole stays at the head, shortened, so that whoever takes the
   * toxic away finds every byte in {@code in}. {@link Chunk#END} may be given without asking for
   * room, and then nothing more is.
   *
   * @return when to call again if nothing else happens before; {@link #NEVER} to wait for that
   */
  long move(Deque<Chunk> in, Gate out, long now);

  /** This one, going on from what an earlier setting of the same toxic knew. */
  default Toxic after(Toxic earlier) {
    return this;
  }

  /** Whether the connection ends when it is taken away. */
  default boolean endsWhenRemoved() {
    return false;
  }

  /** It is taken away: gives what it holds itself; what waits before it comes after. */
  default void release(Gate out) {}

  /** How many chunks it takes in before the sender has to wait. */
  default int room() {
    return 1;
  }

  /** What comes after a toxic. */
  interface Gate {
    /** Whether a chunk may be given. */
    boolean open();

    void give(Chunk chunk);
  }
}
