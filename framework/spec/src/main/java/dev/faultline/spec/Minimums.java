package dev.faultline.spec;

import dev.faultline.json.Durations;
import dev.faultline.json.JsonView;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a run must have exercised, so that its verdict means something, and what is needed to count
 * it. A run below a minimum is vacuous. Part of {@code run.json}, so that it can be judged without
 * the target; a file without it means {@link #STANDARD}.
 *
 * @param roles of the nodes; who is not named here is called by its id
 * @param reads the functions that change nothing
 * @param signs node event to what it is a sign of: {@code election}, {@code recovery}, or a role
 *     such as {@code leader}, which changes hands when another node reports it
 * @param settle time after which a fault that still has every operation refused tested nothing
 * @param spared nodes whose loss leaves the system usable, each by itself
 * @param usableWithin how soon it then is; null if nothing is promised
 * @param before operations that are ok before the first fault, if that leaves time for them
 * @param during operations that may have taken effect, for each fault: open while it or its
 *     recovery lasts
 * @param inside operations, for each fault that lasts long enough and is alone: not refused, or ok
 *     where the system is promised to be usable
 * @param after operations that are ok after each fault; final reads count
 * @param pairs operations on one key that were open at one time, one of them not a read
 * @param functions function to how many of it may have taken effect during faults or recoveries
 */
public record Minimums(
    Map<String, String> roles,
    List<String> reads,
    Map<String, String> signs,
    Duration settle,
    List<String> spared,
    @Nullable Duration usableWithin,
    long before,
    long during,
    long inside,
    long after,
    long pairs,
    Map<String, Long> functions) {
  /** One of each; any function. */
  public static final Minimums STANDARD =
      new Minimums(
          Map.of(),
          List.of("read"),
          Map.of("leader", "leader", "candidate", "election", "started", "recovery"),
          Duration.ofSeconds(3),
          List.of(),
          null,
          1,
          1,
          1,
          1,
          1,
          Map.of());

  public Minimums {
    roles = Map.copyOf(roles);
    reads = List.copyOf(reads);
    signs = Map.copyOf(signs);
    spared = List.copyOf(spared);
    functions = Map.copyOf(functions);
  }

  /** The same where these functions change nothing. */
  public Minimums reading(String... names) {
    return new Minimums(
        roles,
        List.of(names),
        signs,
        settle,
        spared,
        usableWithin,
        before,
        during,
        inside,
        after,
        pairs,
        functions);
  }

  /** The same with so many conflicting pairs; none where clients need not meet. */
  public Minimums pairs(long least) {
    return new Minimums(
        roles,
        reads,
        signs,
        settle,
        spared,
        usableWithin,
        before,
        during,
        inside,
        after,
        least,
        functions);
  }

  /** The same, and so many of a function during faults or recoveries. */
  public Minimums function(String name, long least) {
    Map<String, Long> more = new TreeMap<>(functions);
    more.put(name, least);
    return new Minimums(
        roles,
        reads,
        signs,
        settle,
        spared,
        usableWithin,
        before,
        during,
        inside,
        after,
        pairs,
        more);
  }

  /** The same for a system with these roles and signs that recovers so. */
  public Minimums of(
      Map<String, String> roles,
      Map<String, String> signs,
      Duration settle,
      List<String> spared,
      @Nullable Duration usableWithin) {
    Map<String, String> all = new TreeMap<>(this.signs);
    all.putAll(signs);
    return new Minimums(
        roles,
        reads,
        all,
        settle,
        spared,
        usableWithin,
        before,
        during,
        inside,
        after,
        pairs,
        functions);
  }

  /** The JSON form. */
  public Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("roles", new TreeMap<>(roles));
    map.put("reads", reads);
    map.put("signs", new TreeMap<>(signs));
    map.put("settle", Durations.format(settle));
    if (usableWithin != null) {
      map.put("spared", spared);
      map.put("usableWithin", Durations.format(usableWithin));
    }
    map.put("before", before);
    map.put("during", during);
    map.put("inside", inside);
    map.put("after", after);
    map.put("pairs", pairs);
    if (!functions.isEmpty()) {
      map.put("functions", new TreeMap<>(functions));
    }
    return map;
  }

  /** Reads the JSON form; null gives the standard. */
  public static Minimums fromJson(@Nullable JsonView view) {
    if (view == null) {
      return STANDARD;
    }
    JsonView within = view.find("usableWithin");
    JsonView named = view.find("functions");
    Map<String, Long> functions = new TreeMap<>();
    if (named != null) {
      named.map().keySet().forEach(f -> functions.put(f, named.get(f).integer()));
    }
    return new Minimums(
        view.get("roles").stringMap(),
        view.get("reads").strings(),
        view.get("signs").stringMap(),
        view.get("settle").duration(),
        within == null ? List.of() : view.get("spared").strings(),
        within == null ? null : within.duration(),
        view.get("before").integer(),
        view.get("during").integer(),
        view.get("inside").integer(),
        view.get("after").integer(),
        view.get("pairs").integer(),
        functions);
  }
}
