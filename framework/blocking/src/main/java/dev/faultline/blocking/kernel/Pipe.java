package dev.faultline.blocking.kernel;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.Deque;

/** One direction of a connection: what was written, under way, and there to be read. */
final class Pipe {
  private static final int WINDOW = 65_536;

  private final Universe universe;
  private final Host from;
  private final Host to;
  private final Deque<Segment> underWay = new ArrayDeque<>();
  private final Deque<byte[]> there = new ArrayDeque<>();
  private final Waiters readers;
  private final Waiters writers;
  private int headRead;
  private int unread;
  private int unacknowledged;
  private boolean ended;
  private boolean endArrived;
  private boolean readerGone;
  private boolean broken;

  Pipe(Universe universe, Host from, Host to) {
    this.universe = universe;
    this.from = from;
    this.to = to;
    readers = new Waiters(universe);
    writers = new Waiters(universe);
  }

  private static final class Segment {
    private final byte[] bytes;
    private boolean arrived;

    Segment(byte[] bytes) {
      this.bytes = bytes;
    }
  }

  /** Sends bytes; waits while the window is full. */
  void write(byte[] bytes, int offset, int length, SimSocket owner) throws IOException {
    int at = offset;
    int end = offset + length;
    while (at < end) {
      owner.check();
      if (broken || ended) {
        throw new SocketException("Broken pipe");
      }
      int room = Math.min(WINDOW - unacknowledged, end - at);
      if (room > 0) {
        byte[] part = new byte[room];
        System.arraycopy(bytes, at, part, 0, room);
        at += room;
        unacknowledged += room;
        send(part);
      } else {
        writers.await(Waiters.FOREVER);
      }
    }
  }

  private void send(byte[] bytes) {
    Segment segment = new Segment(bytes);
    underWay.add(segment);
    universe.network.carry(from, to, () -> arrive(segment));
  }

  /** Nothing more is written. */
  void end() {
    if (!ended) {
      ended = true;
      send(new byte[0]);
      writers.wake();
    }
  }

  private void arrive(Segment segment) {
    segment.arrived = true;
    while (true) {
      Segment first = underWay.peek();
      if (first == null || !first.arrived) {
        break;
      }
      underWay.remove();
      if (first.bytes.length == 0) {
        endArrived = true;
      } else if (readerGone) {
        refuse();
      } else {
        there.add(first.bytes);
        unread += first.bytes.length;
      }
    }
    readers.wake();
  }

  /** The reader is gone; what comes is answered by a reset. True if it left something unread. */
  boolean readerLeaves() {
    readerGone = true;
    readers.wake();
    if (unread > 0) {
      refuse();
    }
    return unread > 0;
  }

  private void refuse() {
    universe.network.carry(to, from, this::breakUp);
  }

  /** The writer learns that nobody reads. */
  private void breakUp() {
    broken = true;
    writers.wake();
  }

  /** The writer is gone without an end: the reader learns of a reset. */
  void reset() {
    ended = true;
    writers.wake();
    universe.network.carry(
        from,
        to,
        () -> {
          broken = true;
          readers.wake();
        });
  }

  int available() {
    return unread;
  }

  /** Bytes that are there, or −1 at the end; waits for either. */
  int read(byte[] into, int offset, int length, SimSocket owner) throws IOException {
    if (length == 0) {
      return 0;
    }
    long deadline = Waiters.deadline(universe, owner.timeout());
    while (unread == 0) {
      owner.check();
      if (endArrived || readerGone) {
        return -1;
      }
      if (broken) {
        throw new SocketException("Connection reset");
      }
      if (!readers.await(deadline)) {
        throw new SocketTimeoutException("Read timed out");
      }
    }
    byte[] head = there.element();
    int count = Math.min(length, head.length - headRead);
    System.arraycopy(head, headRead, into, offset, count);
    headRead += count;
    unread -= count;
    if (headRead == head.length) {
      there.remove();
      headRead = 0;
    }
    universe.network.carry(
        to,
        from,
        () -> {
          unacknowledged -= count;
          writers.wake();
        });
    return count;
  }
}
