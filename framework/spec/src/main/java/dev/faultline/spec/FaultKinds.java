package dev.faultline.spec;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The ids of fault kinds, as claims, {@code --faults}, capabilities and reports use them. A parent
 * such as {@code link} means all its children.
 */
public final class FaultKinds {
  private static final Map<String, String> ALL =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("admin.remove", "a node is taken out of its cluster, and joins it anew"),
              Map.entry("admin.replace", "an empty node takes another's place in its cluster"),
              Map.entry("admin.transfer", "the leader hands its office to another node"),
              Map.entry("partition", "messages between groups of nodes are cut"),
              Map.entry("link.latency", "messages on a link arrive later"),
              Map.entry("link.jitter", "messages on a link arrive later by changing times"),
              Map.entry("link.reset-after", "connections are reset after so many bytes"),
              Map.entry("link.slice", "bytes on a link arrive in small pieces"),
              Map.entry("link.corrupt", "bytes on a link are changed"),
              Map.entry("link.bandwidth", "a link carries few bytes a second"),
              Map.entry("link.reset", "connections over a link are reset"),
              Map.entry("link.hang", "a link takes bytes and delivers none"),
              Map.entry("link.slow-close", "connections over a link close late"),
              Map.entry("link.loss", "single messages on a link are lost"),
              Map.entry("link.duplicate", "single messages on a link arrive twice"),
              Map.entry("link.reorder", "messages on a link overtake each other"),
              Map.entry("pause", "a process is frozen and resumes later"),
              Map.entry("kill", "a process dies at once and is started again"),
              Map.entry("kill.lose-unsynced", "as kill, and what was not synced is lost"),
              Map.entry("kill.torn", "as kill, and the last unsynced write is there in part"),
              Map.entry("kill.wipe", "as kill, and the restarted process finds an empty disk"),
              Map.entry("stop", "a process is asked to end and is started again"),
              Map.entry("disk.stall", "syncs do not end"),
              Map.entry("disk.full", "syncs fail, and what they were for is never written"),
              Map.entry("disk.corrupt", "a byte of what was synced is flipped"),
              Map.entry("disk.slow", "syncs take longer"),
              Map.entry("clock.freeze", "a node's wall clock stands still"),
              Map.entry("clock.step", "a node's clock is wrong by an offset"),
              Map.entry("clock.rate", "a node's clock runs too fast or too slow"),
              Map.entry("clock.strobe", "a node's clock jumps to and fro")));

  /** What one stream of bytes, as TCP has it, never does. */
  private static final List<String> SIMULATED =
      List.of("link.corrupt", "link.duplicate", "link.loss", "link.reorder");

  private static final String LOST_DISK = "kill.wipe";

  private FaultKinds() {}

  /** The ids of what can be done to real processes and the streams between them, sorted. */
  public static List<String> ofProcesses() {
    return ofEnvironments().stream().filter(k -> !SIMULATED.contains(k)).toList();
  }

  /** The ids of what the environments do, and not the systems themselves, sorted. */
  public static List<String> ofEnvironments() {
    return ALL.keySet().stream().filter(k -> !covers("admin", k)).toList();
  }

  /** The ids of what takes a disk of our own: whatever harms one, and deaths that lose writes. */
  public static List<String> ofDisks() {
    return ALL.keySet().stream()
        .filter(k -> k.startsWith("disk.") || k.startsWith("kill."))
        .toList();
  }

  /** All ids, sorted. */
  public static List<String> all() {
    return List.copyOf(ALL.keySet());
  }

  /** What a kind does, one line for people. */
  public static String summary(String kind) {
    return ALL.getOrDefault(kind, "");
  }

  /**
   * Whether {@code general} is {@code kind} or a parent of it. A disk that is lost is never meant
   * by {@code kill}: who bears a crash need not bear that.
   */
  public static boolean covers(String general, String kind) {
    return general.equals(kind) || (kind.startsWith(general + ".") && !kind.equals(LOST_DISK));
  }

  /**
   * The ids that a word stands for: itself, or a parent's children.
   *
   * @throws IllegalArgumentException naming the known kinds
   */
  public static List<String> expand(String word) {
    List<String> found = ALL.keySet().stream().filter(k -> covers(word, k)).toList();
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "no fault '%s'; known: %s (or a parent: link, disk, clock)"
              .formatted(word, String.join(", ", ALL.keySet())));
    }
    return found;
  }
}
