package dev.faultline.targets.register;

import java.util.Arrays;

/** The correct register, and what each broken one leaves out. */
enum Variant {
  CORRECT("correct", "reads and writes with majorities"),

  NO_WRITE_BACK("no-write-back", "a read does not make sure that what it returns will be found") {
    @Override
    boolean writesBack() {
      return false;
    }
  },

  WAITS_FOR_ALL("waits-for-all", "a majority is not enough: one node that is cut off stops all") {
    @Override
    int enough(int nodes) {
      return nodes;
    }
  },

  READ_LOCAL("read-local", "a read asks the node's own replica alone") {
    @Override
    boolean readsLocally() {
      return true;
    }
  };

  private final String id;
  private final String summary;

  Variant(String id, String summary) {
    this.id = id;
    this.summary = summary;
  }

  String id() {
    return id;
  }

  String summary() {
    return summary;
  }

  /** Whether a read stores what it found at a majority before it returns it. */
  boolean writesBack() {
    return true;
  }

  /** Whether a read asks nobody. */
  boolean readsLocally() {
    return false;
  }

  /** How many of the nodes must answer. */
  int enough(int nodes) {
    return nodes / 2 + 1;
  }

  static Variant of(String id) {
    return Arrays.stream(values())
        .filter(v -> v.id.equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("register has no variant '" + id + "'"));
  }
}
