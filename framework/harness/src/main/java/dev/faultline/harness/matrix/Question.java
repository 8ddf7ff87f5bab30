package dev.faultline.harness.matrix;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.Target;
import dev.faultline.harness.Target.Breach;
import dev.faultline.harness.Target.Variant;
import dev.faultline.harness.run.Catalog;
import dev.faultline.harness.run.Experiment;
import dev.faultline.harness.run.Request;
import dev.faultline.harness.run.Size;
import dev.faultline.spec.FaultKinds;
import dev.faultline.spec.RunSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a cell asks.
 *
 * @param workload null for the variant's own
 * @param under as {@link Breach#under()} has it
 * @param kinds the fault kinds that this means; none for no faults
 * @param nodes how many nodes; 0 for the variant's own number
 * @param required properties that must be found broken
 * @param allowed properties that may be
 * @param undeclared whether the variant is broken and declares nothing
 */
public record Question(
    String target,
    String variant,
    @Nullable String workload,
    String under,
    List<String> kinds,
    int nodes,
    Set<String> required,
    Set<String> allowed,
    boolean undeclared) {
  /** No faults. */
  public static final String NONE = "none";

  /** How a column begins that is a plan. */
  public static final String PLAN = "plan:";

  private static final String PLANS = "plans";

  /** All kinds that the target claims to bear. */
  public static final String ALL = "all";

  private static final String TOGETHER = "+";

  public Question {
    kinds = List.copyOf(kinds);
    required = Set.copyOf(required);
    allowed = Set.copyOf(allowed);
  }

  /** The name of the plan that is asked about, or null. */
  public @Nullable String plan() {
    return under.startsWith(PLAN) ? under.substring(PLAN.length()) : null;
  }

  /** The variant as on the command line. */
  public String name() {
    return target + ":" + variant;
  }

  /** The variant for people, with the workload where that is not its own. */
  public String label() {
    return variant + (workload == null ? "" : " (" + workload + ")");
  }

  /**
   * The questions about some targets in an environment, variant by variant.
   *
   * @param names {@code grants} for all its variants, {@code grants:no-fencing} for one; none for
   *     all targets that run there
   * @param under the columns wanted, {@code plans} for all plans; null for all
   * @param declaredOnly leaves out what may or may not show
   * @throws EnvironmentException if a name is not known
   */
  public static List<Question> about(
      List<String> names, String environment, @Nullable List<String> under, boolean declaredOnly) {
    List<Question> questions = new ArrayList<>();
    Set<String> known = new LinkedHashSet<>();
    for (String name : names.isEmpty() ? targets(environment) : names) {
      String[] parts = name.split(":", 2);
      Target target = Catalog.target(parts[0]);
      List<Variant> variants =
          parts.length == 2 ? List.of(Catalog.variant(target, parts[1])) : target.variants();
      Map<String, List<String>> columns = columns(target, environment);
      known.addAll(columns.keySet());
      known.add(PLANS);
      for (Variant variant : variants) {
        for (String workload : workloads(target, variant)) {
          columns.forEach((column, kinds) -> {
            String other = workload.isEmpty() ? null : workload;
            Question question = of(target, variant, other, column, kinds);
            boolean open = question.required.isEmpty() && !question.allowed.isEmpty();
            // A plan for one variant says nothing about another, but all must leave the correct
            // one.
            boolean foreign = question.plan() != null && open;
            if (isWanted(question, under) && !foreign && !(declaredOnly && open)) {
              questions.add(question);
            }
          });
        }
      }
    }
    for (String column : under == null ? List.<String>of() : under) {
      if (!known.contains(column)) {
        throw new EnvironmentException(
            "--faults %s: not in the matrix; known: %s"
                .formatted(column, String.join(", ", known)));
      }
    }
    return List.copyOf(questions);
  }

  private static boolean isWanted(Question question, @Nullable List<String> under) {
    return under == null
        || under.contains(question.under)
        || (under.contains(PLANS) && question.plan() != null);
  }

  private static List<String> targets(String environment) {
    return Catalog.targets().stream()
        .filter(t -> t.environments().contains(environment))
        .map(Target::id)
        .toList();
  }

  /** The variant's own workload, as an empty name; the correct one is asked under all of them. */
  private static List<String> workloads(Target target, Variant variant) {
    Set<String> workloads = new LinkedHashSet<>(List.of(""));
    if (variant.name().equals(target.variants().get(0).name())) {
      for (Variant other : target.variants()) {
        String shows = other.workload();
        String on = shows == null ? "" : Catalog.workload(shows).clientInterface().id();
        if (shows != null && !on.equals(target.interfaces().get(0))) {
          workloads.add(shows);
        }
      }
    }
    return List.copyOf(workloads);
  }

  private static Question of(
      Target target,
      Variant variant,
      @Nullable String workload,
      String column,
      List<String> kinds) {
    boolean broken = !variant.name().equals(target.variants().get(0).name());
    Set<String> required = new TreeSet<>();
    Set<String> allowed = new TreeSet<>();
    for (Breach breach : variant.breaches()) {
      if (breach.under().contains(column)) {
        required.add(breach.property());
      }
      if (!(column.equals(NONE) && variant.needsFaults())) {
        allowed.add(breach.property());
      }
    }
    return new Question(
        target.id(),
        variant.name(),
        workload,
        column,
        kinds,
        column.startsWith(PLAN) && !broken ? nodes(target, column) : 0,
        required,
        allowed,
        broken && variant.breaches().isEmpty());
  }

  /** No faults, each kind, what the variants declare together, all, plans; with the kinds meant. */
  private static Map<String, List<String>> columns(Target target, String environment) {
    List<String> possible = Experiment.kinds(plan(target.id(), environment));
    Map<String, List<String>> columns = new LinkedHashMap<>();
    Map<String, List<String>> plans = new LinkedHashMap<>();
    columns.put(NONE, List.of());
    possible.forEach(kind -> columns.put(kind, List.of(kind)));
    for (Variant variant : target.variants()) {
      for (Breach breach : variant.breaches()) {
        for (String under : breach.under()) {
          if (under.startsWith(PLAN)) {
            plans.put(under, List.of());
            continue;
          }
          List<String> together = List.of(under.split("\\" + TOGETHER));
          if (possible.containsAll(together)) {
            columns.put(under, together);
          } else if (!under.equals(NONE) && !under.equals(ALL)) {
            together.forEach(kind -> known(target, variant, kind));
          }
        }
      }
    }
    columns.put(ALL, possible);
    columns.putAll(plans);
    return columns;
  }

  /** A plan names nodes of the variant that it is for. */
  private static int nodes(Target target, String plan) {
    for (Variant variant : target.variants()) {
      if (variant.breaches().stream().anyMatch(b -> b.under().contains(plan))) {
        String environment = target.environments().get(0);
        return Size.of(plan(target.id() + ":" + variant.name(), environment)).nodes();
      }
    }
    return 0;
  }

  /** A kind that is known but not possible here has no column; a misspelt one is an error. */
  private static void known(Target target, Variant variant, String kind) {
    if (!FaultKinds.all().contains(kind)) {
      throw new EnvironmentException(
          "%s:%s declares a breach under '%s'; want a fault kind, kinds joined by +, none, all or plan:NAME"
              .formatted(target.id(), variant.name(), kind));
    }
  }

  private static RunSpec plan(String target, String environment) {
    return Experiment.plan(
        new Request(
            target, null, environment, List.of(), null, List.of(), Map.of(), null, 1L, 0, 0, 0));
  }
}
