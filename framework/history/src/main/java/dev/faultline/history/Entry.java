package dev.faultline.history;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of a history. Precedence between operations is the order of lines ({@link #index()});
 * {@link #time()} serves durations, lease rules and pictures only.
 */
public sealed interface Entry {
  /** Position in the history, from 0, strictly increasing. */
  long index();

  /** Nanoseconds on the harness's monotonic clock since the run's start. */
  long time();

  /** The kind of an operation's line. */
  enum Type {
    /** The call was about to be made. */
    INVOKE,
    /** It took effect. */
    OK,
    /** It certainly did not take effect. */
    FAIL,
    /** Unknown: it may take effect at any later time, or never. */
    INFO;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The word in the file: {@code invoke}, {@code ok}, {@code fail} or {@code info}. */
    public String word() {
      return word;
    }
  }

  /**
   * An invocation or a completion.
   *
   * @param process a logical single-threaded client; retired after {@code info}
   * @param f the function, such as {@code read}
   * @param key the object that the function is about, or null when there is only one
   * @param value the argument on invocations, the result on completions
   * @param error why, on {@code fail} and {@code info}
   * @param client the harness's client ({@code c1}), null in imported histories
   * @param node the node that the client talked to, null in imported histories
   * @param late a definite answer to an operation already recorded as {@code info}
   * @param intended of an invocation: when it was to be called, nanoseconds since the run's start;
   *     its {@code time} unless it had to wait for a client. Latencies count from here. Of a
   *     completion its {@code time}
   */
  record Op(
      long index,
      long time,
      int process,
      Type type,
      String f,
      @Nullable Object key,
      @Nullable Object value,
      @Nullable String error,
      @Nullable String client,
      @Nullable String node,
      boolean late,
      long intended)
      implements Entry {
    /** A line of an operation that had to wait for nothing. */
    public Op(
        long index,
        long time,
        int process,
        Type type,
        String f,
        @Nullable Object key,
        @Nullable Object value,
        @Nullable String error,
        @Nullable String client,
        @Nullable String node,
        boolean late) {
      this(index, time, process, type, f, key, value, error, client, node, late, time);
    }
  }

  /** What the nemesis did with one fault of the plan. */
  enum Phase {
    /** About to be applied. */
    START,
    /** Applied; the value holds the receipt. */
    EFFECT,
    /** Taken back, and seen to be gone; the value holds the receipt. */
    END,
    /** It could not be applied, proven or ended; the value says why. */
    FAILED;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The word in the file. */
    public String word() {
      return word;
    }
  }

  /**
   * A step of a fault.
   *
   * @param kind the fault's kind, such as {@code partition}
   * @param fault the fault's id in the plan, such as {@code f2}
   * @param value what was done at {@code start}, what proved it at {@code effect} and {@code end}
   */
  record Fault(
      long index,
      long time,
      String kind,
      String fault,
      Phase phase,
      Map<String, @Nullable Object> value)
      implements Entry {}

  /**
   * Something that a node, or the harness about a node, reported. Its stamp is an upper bound: the
   * event happened at that time or before.
   *
   * @param incarnation how often the node had been started, from 1
   * @param seq position within this incarnation's events, from 1
   * @param name such as {@code leader} or {@code granted}
   */
  record Node(
      long index,
      long time,
      String node,
      int incarnation,
      long seq,
      String name,
      Map<String, @Nullable Object> facts)
      implements Entry {}
}
