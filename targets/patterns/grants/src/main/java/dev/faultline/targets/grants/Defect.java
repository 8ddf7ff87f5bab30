package dev.faultline.targets.grants;

import dev.faultline.node.Clock;
import java.util.Arrays;

/** The points at which broken variants differ from the correct one, each at exactly one. */
enum Defect {
  NONE("correct", "monotonic clocks, terms counted from the request, tokens checked by the log"),

  NO_FENCING("no-fencing", "the log takes a write whatever its token") {
    @Override
    boolean isFenced(long token, long newest) {
      return false;
    }
  },

  WALL_CLOCK_SERVER("wall-clock-server", "the server counts a term by its wall clock") {
    @Override
    long serverTime(Clock clock) {
      return clock.wall();
    }
  },

  TTL_FROM_RESPONSE("ttl-from-response", "a holder counts the term from the answer's arrival") {
    @Override
    long termBegins(long asked, long answered) {
      return answered;
    }
  },

  NO_LOCAL_EXPIRY("no-local-expiry", "a holder trusts its lease until the server tells it off") {
    @Override
    boolean isOver(long now, long until) {
      return false;
    }
  },

  TOKEN_REUSE("token-reuse", "the server forgets at a restart how far its tokens were") {
    @Override
    long lastToken(long saved) {
      return 0;
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
        .orElseThrow(() -> new IllegalArgumentException("grants has no variant '" + variant + "'"));
  }

  String variant() {
    return variant;
  }

  String summary() {
    return summary;
  }

  /** Log: whether a write is refused, given the newest token seen. */
  boolean isFenced(long token, long newest) {
    return token < newest;
  }

  /** Server: the clock that terms are counted by, nanoseconds. */
  long serverTime(Clock clock) {
    return clock.monotonic();
  }

  /** Holder: when its term began, given when it asked and when the answer came. */
  long termBegins(long asked, long answered) {
    // The server counts from when it was asked, which is no earlier.
    return asked;
  }

  /** Holder: whether its lease is over by its own clock. */
  boolean isOver(long now, long until) {
    return now - until >= 0;
  }

  /** Server, at a restart: the last token given out, given what the disk says. */
  long lastToken(long saved) {
    return saved;
  }
}
