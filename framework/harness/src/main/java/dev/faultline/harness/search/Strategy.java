package dev.faultline.harness.search;

import dev.faultline.harness.run.Terrain;
import dev.faultline.harness.run.Trials;
import dev.faultline.node.KeyedRandom;
import dev.faultline.spec.FaultPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Which faults a schedule of a search has: a pure function of its seed. The lowest byte of the seed
 * says which schedule of a campaign it is, up to {@link #LATE}.
 */
public enum Strategy {
  /** The plain shapes first, each once; then a blend of templates, anchored faults and swarm. */
  BEST {
    @Override
    FaultPlan plan(Trials trials, Terrain terrain, long seed) {
      FaultPlan basic = Basics.plan(trials, terrain, seed, (int) (seed & LATE));
      if (basic != null) {
        return basic;
      }
      int draw = KeyedRandom.of(seed, "best").nextInt(20);
      Strategy one = draw < 9 ? TEMPLATES : draw < 16 ? ANCHORED : draw < 19 ? SWARM : PCT;
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

  /** The number of a schedule that is none of the first. */
  static final int LATE = 255;

  /** The seed of a schedule of a campaign. */
  static long seed(long campaign, long index) {
    long own = KeyedRandom.at(campaign, index, "schedule");
    return (own & ~(long) LATE) | Math.min(index, LATE);
  }

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
