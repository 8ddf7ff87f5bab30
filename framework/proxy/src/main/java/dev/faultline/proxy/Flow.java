package dev.faultline.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One stream of one connection: reads from one socket and writes to the other, through a chain of
 * toxics.
 *
 * <p>Two virtual threads. The <i>reader</i> blocks on the source; while there is no toxic and
 * nothing waits, it writes what it read itself. The <i>pump</i> starts with the first toxic; it
 * moves the chain and writes. At most one of them writes at a time ({@code writing}), outside the
 * lock, so that toxics can be changed while a receiver is slow. Nobody is interrupted: an interrupt
 * would close the socket that a virtual thread waits for.
 *
 * <p>When the end of the stream gets through, the whole other socket is closed, as Toxiproxy does:
 * a half-closed connection does not survive the proxy. The other flow then ends, too.
 */
final class Flow {
  private static final int SMALL = 8 << 10;
  private static final int LARGE = 64 << 10;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final long origin = System.nanoTime();
  private final Socket source;
  private final Socket sink;
  private final Tally tally;
  private final Runnable onOver;
  private final String name;

  private final List<Stage> chain = new ArrayList<>();
  private final Deque<Chunk> out = new ArrayDeque<>();
  private boolean pumping;
  private boolean writing;
  private boolean reset;
  // Nothing is taken or given any more.
  private boolean over;
  // The sink is being closed, by this flow or by who dropped it.
  private boolean finished;
  private long given;

  /**
   * @param onOver called once, when nothing will be written any more
   */
  Flow(String name, Socket source, Socket sink, Tally tally, Runnable onOver) {
    this.name = name;
    this.source = source;
    this.sink = sink;
    this.tally = tally;
    this.onOver = onOver;
  }

  Tally tally() {
    return tally;
  }

  /** Begins; toxics that are there from the start were added before. */
  void start() {
    Thread.ofVirtual().name(name + " reader").start(this::read);
  }

  /** Puts a toxic at the end of the chain. */
  void add(Stage stage) {
    locked(() -> {
      chain.add(stage);
      if (!pumping && !over) {
        pumping = true;
        Thread.ofVirtual().name(name + " pump").start(this::pump);
      }
    });
  }

  /** Replaces the settings of a toxic. */
  void update(ToxicSpec spec, Toxic toxic) {
    locked(() ->
        chain.stream()
            .filter(stage -> stage.name().equals(spec.name()))
            .forEach(stage -> stage.update(spec, toxic)));
  }

  /** Takes a toxic away; what it held goes on. */
  void remove(String toxic) {
    locked(() -> {
      for (int i = 0; i < chain.size(); i++) {
        if (chain.get(i).name().equals(toxic)) {
          // Before it is gone: the gate finds the next one by its place.
          chain.get(i).flush(after(i));
          Stage unused = chain.remove(i);
          return;
        }
      }
    });
  }

  /** The connection is to end with a reset. Called by a toxic, under the lock. */
  void reset() {
    reset = true;
  }

  /** Ends at once; what was held is lost. The caller closes the sockets. */
  void drop() {
    locked(() -> {
      over = true;
      finished = true;
    });
  }

  private void read() {
    byte[] buffer = new byte[SMALL];
    try {
      InputStream in = source.getInputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        tally.in.add(n);
        if (!pass(buffer, n)) {
          return;
        }
        if (n == buffer.length && n < LARGE) {
          buffer = new byte[LARGE];
        }
      }
    } catch (IOException reset) {
      // The same to the receiver as an orderly end: Toxiproxy does not pass a reset on.
    }
    enqueue(Chunk.END);
  }

  /** Hands over what was read; false when nobody wants it any more. */
  private boolean pass(byte[] buffer, int length) {
    boolean direct = false;
    lock.lock();
    try {
      direct = !over && !writing && chain.isEmpty() && out.isEmpty();
      writing |= direct;
    } finally {
      lock.unlock();
    }
    if (!direct) {
      return enqueue(Chunk.copyOf(buffer, length, System.nanoTime() - origin));
    }
    boolean written = write(buffer, 0, length);
    lock.lock();
    try {
      writing = false;
      if (pumping) {
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
    if (!written) {
      finish();
    }
    return written;
  }

  private boolean enqueue(Chunk chunk) {
    lock.lock();
    try {
      while (!over && !entry().open()) {
        changed.awaitUninterruptibly();
      }
      if (!over) {
        entry().give(chunk);
        changed.signalAll();
      }
      if (!over && !pumping) {
        pumping = true;
        Thread.ofVirtual().name(name + " pump").start(this::pump);
      }
      return !over;
    } finally {
      lock.unlock();
    }
  }

  private void pump() {
    for (Chunk chunk = next(); !chunk.end(); chunk = next()) {
      boolean written = write(chunk.bytes(), chunk.from(), chunk.length());
      locked(() -> writing = false);
      if (!written) {
        break;
      }
    }
    finish();
  }

  /** Moves the chain until something is to be written; the end if nothing ever will be. */
  private Chunk next() {
    lock.lock();
    try {
      while (!over) {
        long wake = moveChain();
        if (!writing && !out.isEmpty()) {
          writing = true;
          return out.removeFirst();
        }
        await(wake);
      }
      return Chunk.END;
    } finally {
      lock.unlock();
    }
  }

  /** Lets every stage do what it can, the last first, until nothing moves any more. */
  private long moveChain() {
    boolean freed = false;
    while (true) {
      long wake = Toxic.NEVER;
      long before = given;
      for (int i = chain.size() - 1; i >= 0; i--) {
        Stage stage = chain.get(i);
        int waiting = stage.in.size();
        wake = Math.min(wake, stage.move(after(i), System.nanoTime() - origin));
        freed |= stage.in.size() < waiting;
      }
      if (given == before) {
        if (freed) {
          changed.signalAll();
        }
        return wake;
      }
    }
  }

  /** The callers look again at what they wait for, whatever woke them. */
  @SuppressWarnings("WaitNotInLoop")
  private void await(long wake) {
    if (wake == Toxic.NEVER) {
      changed.awaitUninterruptibly();
      return;
    }
    try {
      long unused = changed.awaitNanos(wake - (System.nanoTime() - origin));
    } catch (InterruptedException e) {
      throw new IllegalStateException("a pump was interrupted, which nothing does", e);
    }
  }

  private Toxic.Gate entry() {
    return after(-1);
  }

  /** Where a stage gives to: the next stage, or the sink. */
  private Toxic.Gate after(int index) {
    boolean last = index + 1 == chain.size();
    return new Toxic.Gate() {
      @Override
      public boolean open() {
        return last ? out.isEmpty() : chain.get(index + 1).room();
      }

      @Override
      public void give(Chunk chunk) {
        given++;
        if (last) {
          out.addLast(chunk);
        } else {
          chain.get(index + 1).take(chunk);
        }
      }
    };
  }

  private boolean write(byte[] bytes, int from, int length) {
    try {
      OutputStream to = sink.getOutputStream();
      to.write(bytes, from, length);
      tally.out.add(length);
      return true;
    } catch (IOException gone) {
      return false;
    }
  }

  private void finish() {
    lock.lock();
    try {
      if (finished) {
        return;
      }
      finished = true;
      over = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (reset) {
      Sockets.resetOnClose(source);
      Sockets.resetOnClose(sink);
    }
    Sockets.close(sink);
    onOver.run();
  }

  private void locked(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Bytes of one stream of one proxy. */
  record Tally(LongAdder in, LongAdder out, FaultCounts faults) {}
}
