package dev.faultline.targets.raft;

import dev.faultline.json.Durations;
import dev.faultline.node.Config;
import java.time.Duration;

/**
 * What all nodes are told.
 *
 * @param election shortest silence after which a node wants to lead; the longest is twice that
 * @param quorum how many nodes decide
 */
record Settings(Defect defect, Duration election, int quorum) {
  static Settings of(Config config) {
    Defect defect = Defect.of(config.option("variant"));
    return new Settings(
        defect, election(config.option("election")), defect.quorum(config.members().size()));
  }

  /**
   * The option {@code election}.
   *
   * @throws IllegalArgumentException naming the option, the value and what is allowed
   */
  static Duration election(String text) {
    Duration election;
    try {
      election = Durations.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("-o election=" + text + ": " + e.getMessage(), e);
    }
    if (election.toMillis() < 50 || election.toMinutes() >= 1) {
      throw new IllegalArgumentException("-o election=" + text + ": want 50ms to 1 minute");
    }
    return election;
  }

  Duration heartbeat() {
    return election.dividedBy(5);
  }
}
