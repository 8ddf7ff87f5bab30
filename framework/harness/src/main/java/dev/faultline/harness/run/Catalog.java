package dev.faultline.harness.run;

import dev.faultline.harness.Environment;
import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.Report;
import dev.faultline.harness.Target;
import dev.faultline.harness.Warden;
import dev.faultline.harness.Workload;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Function;

/** Everything that is on the class path, by id, in a fixed order. */
public final class Catalog {
  private Catalog() {}

  public static List<Target> targets() {
    return load(Target.class, Target::id);
  }

  public static List<Workload> workloads() {
    return load(Workload.class, Workload::id);
  }

  public static List<Environment> environments() {
    return load(Environment.class, Environment::id);
  }

  public static List<Report> reports() {
    return load(Report.class, Report::id);
  }

  public static List<Warden.Leftovers> leftovers() {
    return load(Warden.Leftovers.class, Warden.Leftovers::id);
  }

  /** The target of that name; an error with the nearest name if there is none. */
  public static Target target(String id) {
    return find("target", id, targets(), Target::id);
  }

  /** The variant of a target; an error with the nearest name if there is none. */
  public static Target.Variant variant(Target target, String name) {
    return find("variant of " + target.id(), name, target.variants(), Target.Variant::name);
  }

  /** The workload of that name; an error with the nearest name if there is none. */
  public static Workload workload(String id) {
    return find("workload", id, workloads(), Workload::id);
  }

  /** The environment of that name; an error with the nearest name if there is none. */
  public static Environment environment(String id) {
    return find("environment", id, environments(), Environment::id);
  }

  private static <T> T find(String what, String id, List<T> all, Function<T, String> name) {
    for (T candidate : all) {
      if (name.apply(candidate).equals(id)) {
        return candidate;
      }
    }
    List<String> known = all.stream().map(name).toList();
    String near =
        known.stream()
            .min(Comparator.comparingInt(k -> distance(k, id)))
            .filter(k -> distance(k, id) <= Math.max(2, id.length() / 3))
            .map(k -> " (did you mean " + k + "?)")
            .orElse("");
    String see =
        what.startsWith("variant")
            ? "known: " + String.join(", ", known)
            : "see: faultline list " + what + "s";
    throw new EnvironmentException("no " + what + " '" + id + "'" + near + "; " + see);
  }

  /** Levenshtein's edit distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }

  private static <T> List<T> load(Class<T> type, Function<T, String> name) {
    return ServiceLoader.load(type).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparing(name))
        .toList();
  }
}
