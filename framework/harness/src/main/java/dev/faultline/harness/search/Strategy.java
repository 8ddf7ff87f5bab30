package dev.faultline.harness.search;

import dev.faultline.harness.run.Trials;
import dev.faultline.node.KeyedRandom;
import dev.faultline.spec.FaultPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Which faults a schedule of a search has: a pure function of its seed. */
public enum Strategy {
  /** All kinds in every schedule. */
  MIX {
    @Override
    FaultPlan plan(Trials trials, List<String> kinds, long seed) {
      return trials.mix(kinds, seed);
    }
  },
  /** A random choice of kinds in each schedule (Groce et al., Swarm Testing, ISSTA 2012). */
  SWARM {
    @Override
    FaultPlan plan(Trials trials, List<String> kinds, long seed) {
      RandomGenerator random = KeyedRandom.of(seed, "swarm");
      List<String> chosen = new ArrayList<>();
      for (String kind : kinds) {
        if (random.nextInt(3) == 0) {
          chosen.add(kind);
        }
      }
      if (chosen.isEmpty()) {
        chosen.add(kinds.get(random.nextInt(kinds.size())));
      }
      return trials.mix(chosen, seed);
    }
  };

  /**
   * The plan of one schedule.
   *
   * @param kinds the kinds to choose from, at least one
   */
  abstract FaultPlan plan(Trials trials, List<String> kinds, long seed);
}
