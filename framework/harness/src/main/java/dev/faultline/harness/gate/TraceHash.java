package dev.faultline.harness.gate;

import dev.faultline.json.Json;
import dev.faultline.json.JsonHash;
import java.util.ArrayList;
import java.util.List;

/**
 * A rolling hash of everything that happens in a run in virtual time, by content, with a checkpoint
 * every {@value #BLOCK} events, so that a difference can be looked for in one block.
 */
public final class TraceHash extends EveryEvent {
  /** Events from one checkpoint to the next. */
  public static final int BLOCK = 1024;

  /** As {@link #TraceHash(long)} has it: keeps none. */
  public static final long NONE = -1;

  /** Events that are kept before a block, so that people see where they are. */
  private static final int BEFORE = 3;

  private final JsonHash hash = new JsonHash();
  private final List<Long> checkpoints = new ArrayList<>();
  private final List<String> kept = new ArrayList<>();
  private final long keepFrom;
  private final long keepUntil;
  private long events;

  /**
   * @param block whose events to keep as text, from 0; with the last few before it
   */
  public TraceHash(long block) {
    keepFrom = block < 0 ? Long.MAX_VALUE : Math.max(0, block * BLOCK - BEFORE);
    keepUntil = (block + 1) * BLOCK;
  }

  @Override
  void event(long at, String kind, Object... content) {
    hash.add(at);
    hash.add(kind);
    for (Object part : content) {
      hash.add(part);
    }
    if (events >= keepFrom && events < keepUntil) {
      kept.add(text(at, kind, content));
    }
    events++;
    if (events % BLOCK == 0) {
      checkpoints.add(hash.value());
    }
  }

  private static String text(long at, String kind, Object... content) {
    StringBuilder line = new StringBuilder("%12.6f  %-9s".formatted(at / 1e9, kind));
    for (Object part : content) {
      line.append(' ').append(part instanceof String s ? s : Json.write(part));
    }
    return line.toString();
  }

  /** How many events there were. */
  public long events() {
    return events;
  }

  /** The hash at the end of each block; that of all events last. */
  public List<Long> checkpoints() {
    List<Long> all = new ArrayList<>(checkpoints);
    all.add(hash.value());
    return all;
  }

  /** The events of the block that was asked for, seconds of virtual time first. */
  List<String> kept() {
    return List.copyOf(kept);
  }

  /** The number of the first event that is kept. */
  long keptFrom() {
    return keepFrom;
  }
}
