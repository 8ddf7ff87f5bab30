package dev.faultline.blocking;

import dev.faultline.blocking.Blocking.Finding;
import dev.faultline.blocking.Blocking.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Adds up what the JVMs tell of each seed. */
final class Tally {
  private final List<Finding> findings = new ArrayList<>();
  private final Set<Long> distinct = new TreeSet<>();
  private long runs;
  private long hash;
  private long turns;
  private long timers;
  private long millis;

  /** A line: a word, the seed, its hash, turns, timers, milliseconds, and how it failed or "". */
  void add(String[] parts) {
    long seed = Long.parseLong(parts[1]);
    long ofSeed = Long.parseLong(parts[2]);
    runs++;
    hash += ofSeed * (2 * seed + 1);
    distinct.add(ofSeed);
    turns += Long.parseLong(parts[3]);
    timers += Long.parseLong(parts[4]);
    millis += Long.parseLong(parts[5]);
    if (!parts[6].isEmpty()) {
      findings.add(new Finding(seed, parts[6]));
    }
  }

  long runs() {
    return runs;
  }

  Outcome outcome() {
    return new Outcome(
        runs,
        hash,
        distinct.size(),
        turns,
        timers,
        Duration.ofMillis(millis),
        List.copyOf(findings));
  }
}
