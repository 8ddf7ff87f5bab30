package dev.faultline.harness.search;

import dev.faultline.checker.Verdict;
import dev.faultline.harness.judge.Judgement;
import org.jspecify.annotations.Nullable;

/**
 * Why a run is invalid: findings with the same cause are one finding.
 *
 * @param clause of the property's rule; see {@link Verdict.Invalid#clause()}
 */
public record Cause(String property, String clause) implements Comparable<Cause> {
  /** The cause of an invalid run, null for any other. */
  public static @Nullable Cause of(Judgement judgement) {
    Judgement.Finding headline = judgement.headline();
    return headline != null && headline.verdict() instanceof Verdict.Invalid invalid
        ? new Cause(headline.property(), invalid.clause())
        : null;
  }

  @Override
  public int compareTo(Cause other) {
    int byProperty = property.compareTo(other.property);
    return byProperty != 0 ? byProperty : clause.compareTo(other.clause);
  }

  @Override
  public String toString() {
    return property + " (" + clause + ")";
  }
}
