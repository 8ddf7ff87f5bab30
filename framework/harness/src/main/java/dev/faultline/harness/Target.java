package dev.faultline.harness;

import dev.faultline.history.History;
import dev.faultline.spec.CheckerSpec;
import dev.faultline.spec.Claim;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A system under test: how its nodes are started, which client interfaces it offers, what it
 * claims. Found by {@link java.util.ServiceLoader}. Stateless: everything about a run comes with
 * its {@link Setup}.
 */
public interface Target {
  /** As on the command line, such as {@code grants}. */
  String id();

  /** Whether we wrote it ({@code pattern}) or it is a real system ({@code system}). */
  String kind();

  /** One line for people. */
  String summary();

  /** The patterns that it embodies, such as {@code Lease}. */
  List<String> patterns();

  /** The correct one first, then each broken one; of what we did not write there is one. */
  default List<Variant> variants() {
    return List.of(new Variant("correct", "as it is shipped"));
  }

  /** What {@code -o KEY=VALUE} may set. */
  default List<Option> options() {
    return List.of();
  }

  /** What the correct variant promises; the others are held to the same. */
  List<Claim> claims();

  /** What judges the events of its own nodes, beside what judges the workload; may be empty. */
  default List<CheckerSpec> checkers() {
    return List.of();
  }

  /** The environments that it runs in. */
  List<String> environments();

  /** The client interfaces that it offers, as workloads name them; the default workload's first. */
  List<String> interfaces();

  /** The nodes to start. */
  Deployment deployment(Setup setup);

  /** The client of one interface. */
  Client client(String clientInterface, Setup setup);

  /** How long things take, for the size of faults. */
  Timing timing(Setup setup);

  /**
   * How large a schedule of a search is; by default three times the silence after which a node is
   * given up, within 1 and 8 seconds, at the workload's own pace. Short ones find most, since many
   * more can be tried.
   */
  default Extent extent(Setup setup) {
    long millis = timing(setup).detection().multipliedBy(3).toMillis();
    return new Extent(Duration.ofMillis(Math.clamp(millis, 1_000, 8_000)), 0);
  }

  /**
   * Selectors, such as {@code $holder}, by the node event whose latest emitter they mean; only of
   * events that are seen when clients use this interface.
   */
  default Map<String, String> selectors(String clientInterface) {
    return Map.of();
  }

  /**
   * Node events in whose wake faults are most telling, such as {@code granted}; may be empty. Only
   * events that are seen when clients use this interface.
   */
  default List<String> anchors(String clientInterface) {
    return List.of();
  }

  /**
   * Node events that a run's coverage counts, and what each is a sign of: {@code election}, {@code
   * recovery}, or a role that changes hands when another node reports it. By default what {@code
   * $leader} and {@code $holder} mean.
   */
  default Map<String, String> signs(String clientInterface) {
    Map<String, String> signs = new TreeMap<>();
    selectors(clientInterface)
        .forEach((selector, event) -> {
          if (selector.equals("$leader") || selector.equals("$holder")) {
            signs.put(event, selector.substring(1));
          }
        });
    return signs;
  }

  /**
   * What a search should have come through, such as a lease that ran out during work: a goal that
   * no schedule reached says what was not tested.
   */
  default List<Goal> goals() {
    return List.of();
  }

  /**
   * What it promises of progress when faults are over, for the property {@code live.progress}; null
   * if nothing.
   */
  default @Nullable Liveness liveness(Setup setup) {
    return null;
  }

  /** As {@link #liveness(Setup)}, where that depends on what the clients use. */
  default @Nullable Liveness liveness(String clientInterface, Setup setup) {
    return liveness(setup);
  }

  /** Whether nodes of a role keep something on their disk: faults of disks hit only those. */
  default boolean stores(String role) {
    return true;
  }

  /** Versions of what is tested, for people; may be empty. */
  default Map<String, String> versions() {
    return Map.of();
  }

  /**
   * One form of the target.
   *
   * @param name such as {@code no-fencing}
   * @param summary what is wrong with it, or that nothing is
   * @param breaches the promises that it breaks: what {@code faultline matrix} expects of it
   * @param needsFaults whether it keeps every promise as long as there are no faults
   * @param workload the workload that shows what is wrong with it, and its default; null for the
   *     target's own
   */
  record Variant(
      String name,
      String summary,
      List<Breach> breaches,
      boolean needsFaults,
      @Nullable String workload) {
    public Variant {
      breaches = List.copyOf(breaches);
    }

    /** One that the target's own default workload shows. */
    public Variant(String name, String summary, List<Breach> breaches, boolean needsFaults) {
      this(name, summary, breaches, needsFaults, null);
    }

    /** The correct one, of which silence is expected. */
    public Variant(String name, String summary) {
      this(name, summary, List.of(), false, null);
    }
  }

  /**
   * A promise that a broken variant breaks.
   *
   * @param property id of the property that must be found broken
   * @param under each of these alone shows it within a few hundred schedules: a fault kind, several
   *     that are needed together joined by {@code +}, {@code none} for no faults, {@code all} for
   *     all kinds that the target claims to bear, {@code plan:NAME} for {@code
   *     docs/plans/NAME.json}; empty if only rare schedules show it
   */
  record Breach(String property, List<String> under) {
    public Breach {
      under = List.copyOf(under);
    }

    /** A breach that shows under each of these. */
    public static Breach of(String property, String... under) {
      return new Breach(property, List.of(under));
    }
  }

  /**
   * Something that can be set.
   *
   * @param values the values allowed; empty for any
   */
  record Option(String name, String defaultValue, List<String> values, String summary) {}

  /**
   * A situation that should come about sometimes.
   *
   * @param id such as {@code lease-ran-out-at-work}
   * @param reached whether it did in a history; pure
   */
  record Goal(String id, String summary, Predicate<History> reached) {}

  /**
   * How large a schedule is.
   *
   * @param length of its main phase
   * @param rate operations a second over all clients; 0 for the workload's own pace
   */
  record Extent(Duration length, double rate) {}

  /**
   * Progress once enough nodes are healed.
   *
   * @param bound within which it comes; at least twelve rounds of the protocol, so that bad luck
   *     accuses nobody
   * @param functions that must each succeed at least once
   * @param everyNode whether clients of each healed node must succeed, or one of any
   * @param suffices whether these nodes are enough, all running and connected, the others cut off
   */
  record Liveness(
      Duration bound, List<String> functions, boolean everyNode, Predicate<Set<String>> suffices) {}

  /**
   * Times by which faults are sized.
   *
   * @param detection silence after which the system gives a node up: its TTL or election time-out
   * @param recovery bound for being fully usable again after everything was healed
   */
  record Timing(Duration detection, Duration recovery) {}
}
