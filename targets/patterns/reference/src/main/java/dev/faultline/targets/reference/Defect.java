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
    boolean keeps(Call call) {
      return !call.on().equals("set");
    }
  },

  DOUBLES_ADDS("doubles-adds", "an addition that comes twice counts twice", "counter") {
    @Override
    boolean knowsAgain(String on) {
      return !on.equals("counter");
    }
  },

  FORGETS_IDS("forgets-ids", "how far ids were given out is in memory only", "unique-ids") {
    @Override
    boolean keeps(Call call) {
      return !call.on().equals("unique-ids");
    }
  },

  REDELIVERS("redelivers", "what was taken out of a queue is in memory only", "queue") {
    @Override
    boolean keeps(Call call) {
      return !call.f().equals("dequeue");
    }
  },

  EARLY_APPENDS("early-appends", "an append is answered before it is on disk", "append-log") {
    @Override
    boolean answersEarly(Call call) {
      return call.f().equals("append");
    }
  },

  GIVES_LATER("gives-later", "a transfer takes at once and gives with the next one", "bank") {
    @Override
    boolean givesAtOnce() {
      return false;
    }
  },

  RESUMES_LATE("resumes-late", "a watch that goes on leaves one event out", "watch") {
    @Override
    int skipped(long from) {
      return from > 1 ? 1 : 0;
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

  /** Primary: whether a change goes to the journal. */
  boolean keeps(Call call) {
    return true;
  }

  /** Primary: whether a change of this interface that comes twice is carried out once. */
  boolean knowsAgain(String on) {
    return true;
  }

  /** Primary: whether a call is answered before what it shows is on disk. */
  boolean answersEarly(Call call) {
    return false;
  }

  /** Banks: whether a transfer gives when it takes. */
  boolean givesAtOnce() {
    return true;
  }

  /** Watches: how many events from a revision on are left out. */
  int skipped(long from) {
    return 0;
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
