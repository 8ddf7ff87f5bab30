package dev.faultline.spec;

import static java.time.Duration.ZERO;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A disturbance over an interval, as data. Nodes are named by their id, by role ({@code
 * role:holder}), or by a selector that is resolved when the fault starts: {@code $leader}, {@code
 * $holder} (what the target declares) and {@code $event} (the node whose event was the anchor).
 */
public sealed interface Fault {
  /** Names the fault in its plan, in the history and in reports: {@code f1}, {@code f2}, … */
  String id();

  /** When it starts. */
  Anchor from();

  /** How long it lasts. */
  Duration lasting();

  /** The same disturbance under this name, at another time. */
  Fault with(String id, Anchor from, Duration lasting);

  /** Its kinds, as {@link FaultKinds} lists them; more than one for a link with several effects. */
  List<String> kinds();

  /** Whose messages a cut or a slow link touches: all, the first group's or source's, others'. */
  enum Direction {
    BOTH,
    OUT,
    IN
  }

  /** What becomes of messages on a cut link. */
  enum Mode {
    /** Swallowed; the connection stays open. */
    DROP,
    /** Connections are refused and reset. */
    REFUSE,
    /** Kept, and delivered after the heal. */
    HOLD
  }

  /** Messages are cut. One-way cuts are always {@link Mode#DROP}. */
  record Partition(
      String id, Anchor from, Duration lasting, Shape shape, Direction direction, Mode mode)
      implements Fault {
    @Override
    public Partition with(String id, Anchor from, Duration lasting) {
      return new Partition(id, from, lasting, shape, direction, mode);
    }

    @Override
    public List<String> kinds() {
      return List.of("partition");
    }
  }

  /**
   * What is wrong with a link.
   *
   * @param latency added to each message; zero for none
   * @param jitter uniform, up to this much more or less
   * @param bandwidthKBps kilobytes (1,000 bytes) a second; 0 for no limit
   * @param reset connections are reset
   * @param hang bytes are taken and none delivered
   * @param slowClose how much later a close arrives; zero for none
   * @param lossPercent how many of a hundred messages are lost, each by itself
   * @param duplicatePercent how many of a hundred arrive a second time, up to 10 ms later
   * @param reorder messages may overtake each other within so much time; zero for none
   * @param resetAfterBytes connections are reset when they have carried so many bytes; 0 for never
   * @param sliceBytes bytes come in pieces of so many, {@link #SLICE_PAUSE} apart; 0 for whole
   * @param corruptPercent of how many of a hundred messages, or pieces of a stream, a byte changes
   */
  record Effect(
      Duration latency,
      Duration jitter,
      long bandwidthKBps,
      boolean reset,
      boolean hang,
      Duration slowClose,
      int lossPercent,
      int duplicatePercent,
      Duration reorder,
      long resetAfterBytes,
      int sliceBytes,
      int corruptPercent) {
    /** Between the pieces of what is sliced. */
    public static final Duration SLICE_PAUSE = Duration.ofMillis(1);

    public Effect {
      for (int percent : new int[] {lossPercent, duplicatePercent, corruptPercent}) {
        if (percent < 0 || percent > 100) {
          throw new IllegalArgumentException(
              "a share is a whole number of percent from 0 to 100, found " + percent);
        }
      }
    }

    /** What streams of bytes can show: no message is lost, doubled or overtaken. */
    public Effect(
        Duration latency,
        Duration jitter,
        long bandwidthKBps,
        boolean reset,
        boolean hang,
        Duration slowClose) {
      this(latency, jitter, bandwidthKBps, reset, hang, slowClose, 0, 0, ZERO, 0, 0, 0);
    }

    /** Nothing wrong. */
    public static final Effect NONE =
        new Effect(Duration.ZERO, Duration.ZERO, 0, false, false, Duration.ZERO);

    /** Latency alone. */
    public static Effect latency(Duration latency) {
      return new Effect(latency, Duration.ZERO, 0, false, false, Duration.ZERO);
    }

    /** Messages lost, doubled, overtaken, and nothing else. */
    public static Effect messages(int lossPercent, int duplicatePercent, Duration reorder) {
      return new Effect(
          ZERO, ZERO, 0, false, false, ZERO, lossPercent, duplicatePercent, reorder, 0, 0, 0);
    }

    /** Bytes that come in pieces, are changed, or are the last of their connection. */
    public static Effect bytes(long resetAfter, int slice, int corruptPercent) {
      return new Effect(
          ZERO, ZERO, 0, false, false, ZERO, 0, 0, ZERO, resetAfter, slice, corruptPercent);
    }

    /**
     * Whether single messages are lost, doubled, overtaken or changed, which is proven by counting.
     */
    public boolean perMessage() {
      return lossPercent > 0 || duplicatePercent > 0 || !reorder.isZero() || corruptPercent > 0;
    }

    /** The rest: what a probe shows. */
    public Effect perProbe() {
      return new Effect(
          latency,
          jitter,
          bandwidthKBps,
          reset,
          hang,
          slowClose,
          0,
          0,
          Duration.ZERO,
          resetAfterBytes,
          sliceBytes,
          0);
    }
  }

  /** Messages from source to target ({@code OUT}), back ({@code IN}) or both ways are disturbed. */
  record LinkFault(
      String id,
      Anchor from,
      Duration lasting,
      String source,
      String target,
      Direction direction,
      Effect effect)
      implements Fault {
    @Override
    public LinkFault with(String id, Anchor from, Duration lasting) {
      return new LinkFault(id, from, lasting, source, target, direction, effect);
    }

    @Override
    public List<String> kinds() {
      List<String> kinds = new ArrayList<>();
      if (!effect.latency().isZero()) {
        kinds.add("link.latency");
      }
      if (!effect.jitter().isZero()) {
        kinds.add("link.jitter");
      }
      if (effect.bandwidthKBps() > 0) {
        kinds.add("link.bandwidth");
      }
      if (effect.reset()) {
        kinds.add("link.reset");
      }
      if (effect.hang()) {
        kinds.add("link.hang");
      }
      if (!effect.slowClose().isZero()) {
        kinds.add("link.slow-close");
      }
      if (effect.lossPercent() > 0) {
        kinds.add("link.loss");
      }
      if (effect.duplicatePercent() > 0) {
        kinds.add("link.duplicate");
      }
      if (!effect.reorder().isZero()) {
        kinds.add("link.reorder");
      }
      if (effect.resetAfterBytes() > 0) {
        kinds.add("link.reset-after");
      }
      if (effect.sliceBytes() > 0) {
        kinds.add("link.slice");
      }
      if (effect.corruptPercent() > 0) {
        kinds.add("link.corrupt");
      }
      return List.copyOf(kinds);
    }
  }

  /** A process is frozen (SIGSTOP, or the container's freezer). */
  record Pause(String id, Anchor from, Duration lasting, String node) implements Fault {
    @Override
    public Pause with(String id, Anchor from, Duration lasting) {
      return new Pause(id, from, lasting, node);
    }

    @Override
    public List<String> kinds() {
      return List.of("pause");
    }
  }

  /**
   * Processes die (SIGKILL), and are started again at the interval's end with their disks.
   *
   * @param disk if unsynced writes are to be lost or torn, it dies when it next has some
   */
  record Kill(String id, Anchor from, Duration lasting, String node, Unsynced disk)
      implements Fault {
    /** A death of the process alone. */
    public Kill(String id, Anchor from, Duration lasting, String node) {
      this(id, from, lasting, node, Unsynced.KEEP_PREFIX);
    }

    @Override
    public Kill with(String id, Anchor from, Duration lasting) {
      return new Kill(id, from, lasting, node, disk);
    }

    @Override
    public List<String> kinds() {
      return List.of(
          switch (disk) {
            case KEEP_PREFIX -> "kill";
            case LOSE -> "kill.lose-unsynced";
            case TORN -> "kill.torn";
            case WIPE -> "kill.wipe";
          });
    }
  }

  /** A process is asked to end, does, and is started again at the interval's end. */
  record Stop(String id, Anchor from, Duration lasting, String node) implements Fault {
    @Override
    public Stop with(String id, Anchor from, Duration lasting) {
      return new Stop(id, from, lasting, node);
    }

    @Override
    public List<String> kinds() {
      return List.of("stop");
    }
  }

  /** A node's disk fails it. */
  record Disk(String id, Anchor from, Duration lasting, String node, Trouble trouble)
      implements Fault {
    @Override
    public Disk with(String id, Anchor from, Duration lasting) {
      return new Disk(id, from, lasting, node, trouble);
    }

    @Override
    public List<String> kinds() {
      List<String> kinds = new ArrayList<>();
      if (trouble.stall()) {
        kinds.add("disk.stall");
      }
      if (trouble.full()) {
        kinds.add("disk.full");
      }
      if (trouble.corrupt()) {
        kinds.add("disk.corrupt");
      }
      if (!trouble.slow().isZero()) {
        kinds.add("disk.slow");
      }
      return List.copyOf(kinds);
    }
  }

  /** By what means a clock is made wrong. */
  enum Means {
    /** The node's clock seam, over the control connection. */
    STEERED,
    /** The link to the time server that the node follows. */
    TIME_PATH,
    /** Our library, preloaded into a real system's process: its wall clock alone. */
    SHIM
  }

  /**
   * A node's clock is wrong.
   *
   * @param offset added to wall time when the fault starts; zero for none
   * @param driftPpm rate error of wall and monotonic time (by {@link Means#SHIM} of wall time
   *     alone), microseconds a second
   * @param strobe period in which the offset comes and goes; null for a steady one
   * @param freeze the wall clock stands still, and nothing else is wrong with it
   */
  record Clock(
      String id,
      Anchor from,
      Duration lasting,
      String node,
      Duration offset,
      long driftPpm,
      @Nullable Duration strobe,
      boolean freeze,
      Means means)
      implements Fault {
    public Clock {
      if (freeze && (!offset.isZero() || driftPpm != 0 || strobe != null)) {
        throw new IllegalArgumentException(
            "a frozen clock has no offset, drift or strobe; make those a fault of their own");
      }
      if (driftPpm <= -900_000 || driftPpm > 4_000_000) {
        throw new IllegalArgumentException(
            "drift " + driftPpm + "ppm would stop the clock or run it over five times too fast");
      }
    }

    /** A clock that goes. */
    public Clock(
        String id,
        Anchor from,
        Duration lasting,
        String node,
        Duration offset,
        long driftPpm,
        @Nullable Duration strobe,
        Means means) {
      this(id, from, lasting, node, offset, driftPpm, strobe, false, means);
    }

    @Override
    public Clock with(String id, Anchor from, Duration lasting) {
      return new Clock(id, from, lasting, node, offset, driftPpm, strobe, freeze, means);
    }

    /** The same, by other means. */
    public Clock by(Means other) {
      return new Clock(id, from, lasting, node, offset, driftPpm, strobe, freeze, other);
    }

    @Override
    public List<String> kinds() {
      List<String> kinds = new ArrayList<>();
      if (strobe != null) {
        kinds.add("clock.strobe");
      } else if (!offset.isZero()) {
        kinds.add("clock.step");
      }
      if (driftPpm != 0) {
        kinds.add("clock.rate");
      }
      if (freeze) {
        kinds.add("clock.freeze");
      }
      return List.copyOf(kinds);
    }
  }

  /**
   * Something that the system itself offers is done to its cluster, and taken back at the end.
   *
   * @param action such as {@code remove}
   */
  record Admin(String id, Anchor from, Duration lasting, String node, String action)
      implements Fault {
    @Override
    public Admin with(String id, Anchor from, Duration lasting) {
      return new Admin(id, from, lasting, node, action);
    }

    @Override
    public List<String> kinds() {
      return List.of("admin." + action);
    }
  }
}
