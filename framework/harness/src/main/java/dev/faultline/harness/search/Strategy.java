package dev.faultline.harness.search;

import dev.faultline.harness.run.Terrain;
import dev.faultline.harness.run.Trials;
import dev.faultline.node.KeyedRandom;
import dev.faultline.spec.FaultPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Which faults a schedule of a search has: a pure function of its seed. */
public enum Strategy {
  /** A blend: nearly half templates, then swarm, anchored faults and a few priorities. */
  BEST {
    @Override
    FaultPlan plan(Trials trials, Terrain terrain, long seed) {
      int draw = KeyedRandom.of(seed, "best").nextInt(20);
      Strategy one = draw < 4 ? ANCHORED : draw < 13 ? TEMPLATES : draw < 19 ? SWARM : PCT;
      return one.plan(trials, terrain, seed);
    }
  },
  /** All kinds in every schedule. */
  MIX {
    @Override
    FaultPlan plan(Trials trials, Terrain terrain, long seed) {
      return trials.mix(terrain.kinds(), seed);
    }
  },
  /** A random choice of kinds in each schedule (Groce et al., Swarm Testing, ISSTA 2012). */
  SWARM {
    @Override
    FaultPlan plan(Trials trials, Terrain terrain, long seed) {
      RandomGenerator random = KeyedRandom.of(seed, "swarm");
      List<String> chosen = new ArrayList<>();
      for (String kind : terrain.kinds()) {
        if (random.nextInt(3) == 0) {
          chosen.add(kind);
        }
      }
      if (chosen.isEmpty()) {
        chosen.add(terrain.kinds().get(random.nextInt(terrain.kinds().size())));
      }
      return trials.mix(chosen, seed);
    }
  },
  /** Few faults, most of them right after an event of a node. */
  ANCHORED {
    @Override
    FaultPlan plan(Trials trials, Terrain terrain, long seed) {
      return Anchored.plan(trials, terrain, seed);
    }
  },
  /** Well-known shapes of trouble: one node alone, a minority, a bridge, all killed at once … */
  TEMPLATES {
    @Override
    FaultPlan plan(Trials trials, Terrain terrain, long seed) {
      return Templates.plan(trials, terrain, seed);
    }
  },
  /** A few slow links, which change at a few random moments. */
  PCT {
    @Override
    FaultPlan plan(Trials trials, Terrain terrain, long seed) {
      return Priorities.plan(trials, terrain, seed);
    }
  };

  /** As on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The plan of one schedule.
   *
   * @param terrain with the kinds to choose from, at least one
   */
  abstract FaultPlan plan(Trials trials, Terrain terrain, long seed);
}
