package dev.faultline.blocking.boot;

import java.lang.invoke.MethodHandle;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The other end of every call that the agent redirects. Only virtual threads are simulated: a
 * platform thread, such as the watchdog's, gets what the JDK would give it. Written by the one
 * thread that carries a universe, between two steps.
 */
public final class Hooks {
  /** Virtual time since the universe began, in nanoseconds; what {@code nanoTime} is. */
  public static long nanos;

  /** The wall clock of the node whose step it is, in nanoseconds since 1970. */
  public static long wallNanos;

  /** What the iteration order of {@code Set.of} and {@code Map.of} depends on; not a real salt. */
  public static long SALT32L = 0x1234_5678L;

  /** As {@link #SALT32L}. */
  public static boolean REVERSE;

  /** {@code Thread.start0}, which starts a platform thread. Set before the agent changes any. */
  public static volatile @Nullable MethodHandle start;

  /** What a platform thread factory inside of a universe is replaced by. */
  public static volatile @Nullable ThreadFactory factory;

  /** {@code Thread.ThreadIdentifiers.next}. Set before the agent changes any. */
  public static volatile @Nullable MethodHandle nextId;

  /** The thread that carries the universe, while there is one. */
  public static volatile @Nullable Thread carrier;

  /** The id of the next thread of the universe; numbers that no other thread reaches. */
  public static long nextThread;

  private static final AtomicReference<@Nullable Throwable> REFUSED = new AtomicReference<>();

  private Hooks() {}

  /** For {@code System.nanoTime()}. */
  public static long nanoTime() {
    return inside() ? nanos : System.nanoTime();
  }

  /** For {@code System.currentTimeMillis()}. */
  public static long currentTimeMillis() {
    return inside() ? Math.floorDiv(wallNanos, 1_000_000) : System.currentTimeMillis();
  }

  /**
   * For {@code VM.getNanoTimeAdjustment}, which {@code Instant.now()} uses.
   *
   * @param seconds what to count from
   * @return nanoseconds since then, or −1 if that is too far away
   */
  public static long getNanoTimeAdjustment(long seconds) {
    long nanosNow = inside() ? wallNanos : System.currentTimeMillis() * 1_000_000;
    long away = Math.floorDiv(nanosNow, 1_000_000_000) - seconds;
    return Math.abs(away) > 1L << 32
        ? -1
        : away * 1_000_000_000 + Math.floorMod(nanosNow, 1_000_000_000);
  }

  /** For {@code Executors.defaultThreadFactory()}: pools get virtual threads. */
  public static ThreadFactory defaultThreadFactory() {
    ThreadFactory simulated = factory;
    return inside() && simulated != null ? simulated : Executors.defaultThreadFactory();
  }

  /** For {@code Thread.start0}. */
  public static void start0(Thread thread) throws Throwable {
    if (inside()) {
      throw refuse("platform-thread: \"" + thread.getName() + "\" is started");
    }
    MethodHandle original = start;
    if (original == null) {
      throw new IllegalStateException("Thread.start0 was not kept");
    }
    original.invokeExact(thread);
  }

  /** For {@code ThreadIdentifiers.next()}: {@code ThreadLocalRandom} depends on it. */
  public static long next() throws Throwable {
    if (inside() || Thread.currentThread() == carrier) {
      return nextThread++;
    }
    MethodHandle original = nextId;
    if (original == null) {
      throw new IllegalStateException("ThreadIdentifiers.next was not kept");
    }
    return (long) original.invokeExact();
  }

  /** For {@code VirtualThread.parkOnCarrierThread}, which would wait in real time. */
  @SuppressWarnings("DoNotCallSuggester") // the JDK calls it
  public static void parkOnCarrierThread(Thread thread, boolean timed, long nanos) {
    throw refuse(
        "pinned: thread \"" + thread.getName() + "\" waits in a class initializer or native frame");
  }

  /** Notes what cannot be simulated, if it is the first, and gives what to throw. */
  public static IllegalStateException refuse(String reason) {
    IllegalStateException refusal = new IllegalStateException("refused: " + reason);
    REFUSED.compareAndSet(null, refusal);
    return refusal;
  }

  /** What could not be simulated, since the last {@link #forget}; with where it was asked for. */
  public static @Nullable Throwable refused() {
    return REFUSED.get();
  }

  /** Begins anew. */
  public static void forget() {
    REFUSED.set(null);
  }

  private static boolean inside() {
    return Thread.currentThread().isVirtual();
  }
}
