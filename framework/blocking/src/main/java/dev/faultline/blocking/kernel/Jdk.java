package dev.faultline.blocking.kernel;

import dev.faultline.blocking.Refusal;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * All that is used of the JDK's private parts, which are those of JDK 25: {@code
 * java.lang.VirtualThread}. Whatever is not as expected is a {@link Refusal} that names it.
 */
final class Jdk {
  /** States of a virtual thread that has unmounted at a monitor. */
  private static final int BLOCKED = 13;

  private static final int WAIT = 16;
  private static final int TIMED_WAIT = 18;
  private static final int TERMINATED = 99;

  private final MethodHandle construct;
  private final MethodHandle takeList;
  private final MethodHandle unblock;
  private final MethodHandle clearWaiting;
  private final VarHandle state;
  private final VarHandle onList;
  private final VarHandle next;
  private final MethodHandle threadOf;

  private Jdk(Class<?> virtual, MethodHandles.Lookup lookup) throws ReflectiveOperationException {
    construct =
        lookup
            .findConstructor(
                virtual,
                MethodType.methodType(
                    void.class, Executor.class, String.class, int.class, Runnable.class))
            .asType(
                MethodType.methodType(
                    Thread.class, Executor.class, String.class, int.class, Runnable.class));
    takeList =
        lookup
            .findStatic(virtual, "takeVirtualThreadListToUnblock", MethodType.methodType(virtual))
            .asType(MethodType.methodType(Thread.class));
    unblock =
        lookup
            .findVirtual(virtual, "unblock", MethodType.methodType(void.class))
            .asType(MethodType.methodType(void.class, Thread.class));
    clearWaiting =
        lookup
            .findVirtual(
                virtual,
                "compareAndSetOnWaitingList",
                MethodType.methodType(boolean.class, boolean.class, boolean.class))
            .asType(
                MethodType.methodType(boolean.class, Thread.class, boolean.class, boolean.class));
    state = lookup.findVarHandle(virtual, "state", int.class);
    onList = lookup.findVarHandle(virtual, "onWaitingList", boolean.class);
    next = lookup.findVarHandle(virtual, "next", virtual);
    threadOf = threadOf(virtual, lookup);
  }

  /** Finds all of it. */
  static Jdk find() {
    try {
      Class<?> virtual = Class.forName("java.lang.VirtualThread");
      return new Jdk(virtual, MethodHandles.privateLookupIn(virtual, MethodHandles.lookup()));
    } catch (ReflectiveOperationException | RuntimeException error) {
      throw unlike(error);
    }
  }

  /** A thread's stable task is a lambda that has captured the thread. */
  private static MethodHandle threadOf(Class<?> virtual, MethodHandles.Lookup lookup)
      throws ReflectiveOperationException {
    Thread sample = Thread.ofVirtual().unstarted(() -> {});
    Object task = lookup.findVarHandle(virtual, "runContinuation", Runnable.class).get(sample);
    Field captured =
        Arrays.stream(task.getClass().getDeclaredFields())
            .filter(field -> field.getType() == virtual)
            .findFirst()
            .orElseThrow(() -> new NoSuchFieldException("the thread in runContinuation"));
    captured.setAccessible(true);
    return lookup
        .unreflectGetter(captured)
        .asType(MethodType.methodType(Thread.class, Runnable.class));
  }

  /** Every timed wait of a thread that has its own scheduler goes to this service from now on. */
  void replaceTimers(ScheduledExecutorService timers) {
    try {
      Class<?> holder = Class.forName("java.lang.VirtualThread$DelayedTaskSchedulers");
      Object[] services =
          (Object[])
              MethodHandles.privateLookupIn(holder, MethodHandles.lookup())
                  .findStaticVarHandle(holder, "INSTANCE", ScheduledExecutorService[].class)
                  .get();
      Arrays.fill(services, timers);
    } catch (ReflectiveOperationException | RuntimeException error) {
      throw unlike(error);
    }
  }

  Thread newThread(Executor scheduler, String name, Runnable body) {
    try {
      return (Thread) construct.invokeExact(scheduler, name, 0, body);
    } catch (Throwable error) {
      throw unlike(error);
    }
  }

  /** The thread that a scheduler's task continues. */
  Thread thread(Runnable task) {
    try {
      return (Thread) threadOf.invokeExact(task);
    } catch (Throwable error) {
      throw unlike(error);
    }
  }

  boolean ended(Thread thread) {
    return (int) state.get(thread) == TERMINATED;
  }

  /** Whether it waits for a monitor, to enter it or to be notified. */
  boolean atMonitor(Thread thread) {
    int now = (int) state.get(thread);
    return now == BLOCKED || now == WAIT || now == TIMED_WAIT;
  }

  /** Whether a monitor that it waits for was left to it, so that {@link #unblockAll} is due. */
  boolean mayEnter(Thread thread) {
    return (boolean) onList.get(thread);
  }

  /**
   * Schedules all threads to which a monitor was left. Waits for one if there is none; see {@link
   * #mayEnter}.
   */
  void unblockAll() {
    try {
      Thread thread = (Thread) takeList.invokeExact();
      while (thread != null) {
        Thread following = (Thread) next.get(thread);
        next.set(thread, null);
        if (!(boolean) clearWaiting.invokeExact(thread, true, false)) {
          throw new IllegalStateException("a thread left the waiting list by itself");
        }
        unblock.invokeExact(thread);
        thread = following;
      }
    } catch (Throwable error) {
      throw unlike(error);
    }
  }

  private static Refusal unlike(Throwable error) {
    return new Refusal(
        "jdk: "
            + Runtime.version()
            + " is not like JDK 25 inside, or java.lang is not open to us: "
            + error);
  }
}
