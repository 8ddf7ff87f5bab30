package dev.faultline.junit;

import org.jspecify.annotations.Nullable;

/** How far a test has come of which one run is enough; its invocations may be on many threads. */
final class Search {
  private int left;
  private @Nullable Long found;

  Search(int runs) {
    left = runs;
  }

  /** The seed of the run that ended as demanded, or null. */
  synchronized @Nullable Long found() {
    return found;
  }

  synchronized void found(long seed) {
    found = seed;
  }

  /** One more run did not end as demanded; returns how many are still to come. */
  synchronized int missed() {
    return --left;
  }
}
