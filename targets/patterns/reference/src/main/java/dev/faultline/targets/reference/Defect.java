package dev.faultline.targets.reference;

import java.util.Arrays;

/** The points at which broken variants differ from the correct one, each at exactly one. */
enum Defect {
  NONE("correct", "one primary, and everything on disk before it is answered", ""),

  CACHED_READS(
      "cached-reads", "a register is read from what the node itself saw last", "register") {
    @Override
    boolean remembers(Call call) {
      return call.on().equals("register") && call.f().equals("read");
    }
  },

  BLIND_CAS("blind-cas", "a compare-and-set does not compare", "cas-register") {
    @Override
    boolean compares() {
      return false;
    }
  },

  FORGETS_ADDS("forgets-adds", "what is added to a set is in memory only", "set") {
    @Override
    boolean keeps(String on) {
      return !on.equals("set");
    }
  },

  OWN_LOCKS("own-locks", "each node grants locks by itself", "lock") {
    @Override
    boolean asksThePrimary(String on) {
      return !on.equals("lock");
    }
  },

  RESIGNS_LATE("resigns-late", "who resigns believes to lead until the answer comes", "leader") {
    @Override
    boolean believesNoMore() {
      return false;
    }
  };

  private final String variant;
  private final String summary;
  private final String workload;

  Defect(String variant, String summary, String workload) {
    this.variant = variant;
    this.summary = summary;
    this.workload = workload;
  }

  static Defect of(String variant) {
    return Arrays.stream(values())
        .filter(d -> d.variant.equals(variant))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("reference has no variant '" + variant + "'"));
  }

  String variant() {
    return variant;
  }

  String summary() {
    return summary;
  }

  /** The workload that shows it; empty for the correct one. */
  String workload() {
    return workload;
  }

  /** Primary: whether changes of this interface go to the journal. */
  boolean keeps(String on) {
    return true;
  }

  /** Primary: whether a change of this interface that comes twice is carried out once. */
  boolean knowsAgain(String on) {
    return true;
  }

  /** Registers: whether a compare-and-set compares. */
  boolean compares() {
    return true;
  }

  /** Any node: whether it answers a call from what it saw, if it saw it. */
  boolean remembers(Call call) {
    return false;
  }

  /** Any node: whether it leaves objects of this interface to the primary. */
  boolean asksThePrimary(String on) {
    return true;
  }

  /** Candidate: whether it ceases to believe at once when it resigns. */
  boolean believesNoMore() {
    return true;
  }
}
