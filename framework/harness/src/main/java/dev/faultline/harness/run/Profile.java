package dev.faultline.harness.run;

import dev.faultline.node.KeyedRandom;
import dev.faultline.spec.FaultKinds;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * A name for kinds of faults, where {@code --faults} wants kinds. Of them a run has what the target
 * claims to bear and the environment can do; a seed leaves about half of those out, since a run
 * without some kinds gets further under the others.
 *
 * @see "Groce et al., Swarm Testing, ISSTA 2012"
 */
public enum Profile {
  /** What a good day has. */
  GENTLE(
      "slow links, pauses and graceful restarts", "link.latency", "link.jitter", "pause", "stop"),
  /** What every system must bear. */
  STANDARD(
      "partitions, bad links, pauses, deaths, clocks that step",
      "partition",
      "link",
      "pause",
      "kill",
      "stop",
      "clock.step"),
  /** Everything but a lost disk. */
  BRUTAL(
      "all but disks that are lost: also clocks of all sorts and disks that fail",
      "partition",
      "link",
      "pause",
      "kill",
      "stop",
      "clock",
      "disk"),
  /** Time that is wrong or stands still for a process. */
  CLOCKS("clocks that step, drift, strobe or freeze, and pauses", "clock", "pause"),
  /** All that links do. */
  NETWORK("partitions and bad links", "partition", "link");

  private final String summary;

  @SuppressWarnings("ImmutableEnumChecker") // made of List.of
  private final List<String> words;

  Profile(String summary, String... words) {
    this.summary = summary;
    this.words = List.of(words);
  }

  /** As on the command line. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** One line for people. */
  public String summary() {
    return summary;
  }

  /** Its kinds, sorted, before a target and an environment limit them. */
  public List<String> kinds() {
    Set<String> kinds = new TreeSet<>();
    words.forEach(word -> kinds.addAll(FaultKinds.expand(word)));
    return List.copyOf(kinds);
  }

  /** Whether a word names one. */
  static boolean named(String word) {
    return List.of(values()).stream().anyMatch(profile -> profile.id().equals(word));
  }

  /** The profile of that name; there must be one. */
  static Profile of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** About half of these kinds, at least one; all of one or two. */
  static List<String> swarm(List<String> kinds, long seed) {
    if (kinds.size() < 3) {
      return kinds;
    }
    RandomGenerator random = KeyedRandom.of(seed, "nemesis", "profile");
    List<String> some = new ArrayList<>();
    for (String kind : kinds) {
      if (random.nextBoolean()) {
        some.add(kind);
      }
    }
    return some.isEmpty() ? List.of(kinds.get(random.nextInt(kinds.size()))) : List.copyOf(some);
  }
}
