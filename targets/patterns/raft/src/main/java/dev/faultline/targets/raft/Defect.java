package dev.faultline.targets.raft;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The points at which broken variants differ from the correct one, each at exactly one. */
enum Defect {
  NONE("correct", "terms, votes and entries are durable before they are answered for"),

  LEADER_LOCAL_READ("leader-local-read", "a leader reads without asking whether it still leads") {
    @Override
    boolean confirmsReads() {
      return false;
    }
  },

  ACK_BEFORE_FSYNC("ack-before-fsync", "entries are acknowledged before they are durable") {
    @Override
    boolean syncsFirst() {
      return false;
    }
  },

  NO_PERSIST_VOTE("no-persist-vote", "a node forgets at a restart for whom it voted") {
    @Override
    @Nullable String savedVote(@Nullable String vote) {
      return null;
    }
  },

  COMMIT_OLD_TERM("commit-old-term", "entries of older terms are committed by counting") {
    @Override
    boolean commits(long entryTerm, long term) {
      return true;
    }
  },

  HALF_QUORUM("half-quorum", "half of the nodes are taken for a majority") {
    @Override
    int quorum(int nodes) {
      return Math.max(1, nodes / 2);
    }

    @Override
    int nodes() {
      return 4;
    }
  },

  GRANT_STALE_TERM("grant-stale-term", "a candidate of a term long past gets votes") {
    @Override
    boolean grantsPastTerms() {
      return true;
    }
  };

  private final String variant;
  private final String summary;

  Defect(String variant, String summary) {
    this.variant = variant;
    this.summary = summary;
  }

  static Defect of(String variant) {
    return Arrays.stream(values())
        .filter(d -> d.variant.equals(variant))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("raft has no variant '" + variant + "'"));
  }

  String variant() {
    return variant;
  }

  String summary() {
    return summary;
  }

  /** Nodes unless asked otherwise: the fewest with which the defect can show. */
  int nodes() {
    return 3;
  }

  /** How many nodes decide. */
  int quorum(int nodes) {
    return nodes / 2 + 1;
  }

  /** Whether a leader asks a majority before it answers a read (thesis, 6.4). */
  boolean confirmsReads() {
    return true;
  }

  /** Whether an entry is durable before it is acknowledged, not soon after. */
  boolean syncsFirst() {
    return true;
  }

  /** What is written down of a vote. */
  @Nullable String savedVote(@Nullable String vote) {
    return vote;
  }

  /** Whether an entry that a majority has is thereby committed (paper, 5.4.2). */
  boolean commits(long entryTerm, long term) {
    return entryTerm == term;
  }

  /** What a candidate of a past term is answered (paper, figure 2: RequestVote, rule 1). */
  boolean grantsPastTerms() {
    return false;
  }
}
