package dev.faultline.checker;

import dev.faultline.history.History;
import java.util.List;

/** Decides one property. Pure: the same history gives the same verdict, unless a budget ran out. */
public interface Checker {
  Property property();

  Verdict check(History history, Budget budget);

  /** Mistakes that break the property, to measure which share of them this checker would see. */
  default List<Planting> plantings() {
    return List.of();
  }
}
