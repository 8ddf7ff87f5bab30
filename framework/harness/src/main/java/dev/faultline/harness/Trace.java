package dev.faultline.harness;

import dev.faultline.history.Entry;
import dev.faultline.node.Message;

/**
 * Listens to a run in virtual time. Called on the run's thread, in the order in which things
 * happen; it must not change what it is given. Times are nanoseconds of virtual time. Runs without
 * a listener pay nothing.
 */
public interface Trace {
  /**
   * A node or a client handed a message to the network.
   *
   * @param id of the message, from 1 in the order of sending
   * @param from a node or a client; as in {@link dev.faultline.spec.Link}
   */
  default void sent(long at, long id, String from, String to, Message message) {}

  /** The receiver's code is about to see a message. */
  default void delivered(long at, long id) {}

  /** A message will never be delivered. For one that was on its way: when it would have come. */
  default void lost(long at, long id, Loss why) {}

  /** A message waits for a cut to be healed, or for a frozen node to go on. */
  default void held(long at, long id) {}

  /**
   * A node sets a timer or asks its disk to sync; what is returned comes back in {@link #because}
   * when that is due.
   */
  default long asked(long at, String node) {
    return 0;
  }

  /** The timer or sync that is told next was asked for there. */
  default void because(String node, long asked) {}

  /** A node's timer is due and its code about to run. */
  default void timer(long at, String node) {}

  /**
   * A node's code changes a file, which a crash may still undo.
   *
   * @param change such as {@code append} or {@code write at 12}
   * @param data what is written, not to be changed
   */
  default void wrote(long at, String node, String file, String change, byte[] data) {}

  /** What a node asked its disk to make durable is so, and its code about to hear of it. */
  default void synced(long at, String node, String file) {}

  /** A node's life took a turn. */
  default void turned(long at, String node, int incarnation, Turn turn) {}

  /**
   * The history got a line: an operation of a client, a step of a fault, or an event of a node. Its
   * stamp may be earlier than {@code at}; see {@link Entry.Node}.
   */
  default void recorded(long at, Entry entry) {}

  /** Why a message was lost. */
  enum Loss {
    /** Its link was cut when it was sent. */
    CUT,
    /** Its link was cut or its connection lost while it was on its way. */
    ON_ITS_WAY,
    /** A link that loses single messages lost it. */
    CHANCE,
    /** A byte of it was changed on its way, so that its receiver could make nothing of it. */
    CORRUPTED,
    /** Nobody was there to take it. */
    NOBODY
  }

  /** A turn in a node's life. */
  enum Turn {
    STARTED,
    /** Its own code threw. */
    CRASHED,
    KILLED,
    /** It was asked to. */
    STOPPED,
    PAUSED,
    RESUMED
  }
}
