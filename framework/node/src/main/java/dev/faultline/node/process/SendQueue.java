package dev.faultline.node.process;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Frames that wait for one connection: bounded, and lost when the connection is. What comes when it
 * is full is lost too.
 */
final class SendQueue {
  private static final int LIMIT = 4096;

  private final Queue<byte[]> frames = new ArrayDeque<>();
  private boolean ended;

  synchronized void offer(byte[] frame) {
    if (!ended && frames.size() < LIMIT) {
      frames.add(frame);
      notifyAll();
    }
  }

  /** The next frame, when there is one; null once the connection has ended. */
  synchronized byte @Nullable [] take() throws InterruptedException {
    while (!ended && frames.isEmpty()) {
      wait();
    }
    return ended ? null : frames.poll();
  }

  /** Whether more waits, so that a flush can be saved. */
  synchronized boolean isEmpty() {
    return frames.isEmpty();
  }

  synchronized boolean ended() {
    return ended;
  }

  synchronized void end() {
    ended = true;
    frames.clear();
    notifyAll();
  }
}
