package dev.faultline.checker;

import dev.faultline.history.History;

/** Decides one property. Pure: the same history gives the same verdict, unless a budget ran out. */
public interface Checker {
  Property property();

  Verdict check(History history, Budget budget);
}
