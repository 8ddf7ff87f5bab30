package dev.faultline.cli;

import dev.faultline.harness.Target;
import dev.faultline.harness.Workload;
import dev.faultline.harness.run.Catalog;
import dev.faultline.spec.Claim;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All about one target. */
final class TargetPage {
  private TargetPage() {}

  static String text(Target target, int width) {
    StringBuilder out = new StringBuilder();
    out.append(target.id()).append(" – ").append(target.summary()).append('\n');
    line(out, "kind", target.kind());
    line(out, "patterns", String.join(", ", target.patterns()));
    line(out, "runs in", String.join(", ", target.environments()));
    line(out, "workloads", String.join(", ", workloads(target)));
    Table variants = new Table(width, "VARIANT", "WHAT IT IS");
    target.variants().forEach(v -> variants.row(v.name(), v.summary()));
    Table claims = new Table(width, "CLAIM", "UNDER", "PROMISED BY");
    target.claims().forEach(c -> claims.row(c.property(), under(c), c.source()));
    Table options = new Table(width, "OPTION", "DEFAULT", "VALUES", "OF", "WHAT IT SETS");
    options(options, target.options(), target.id());
    Catalog.workloads().stream()
        .filter(w -> target.interfaces().contains(w.clientInterface().id()))
        .forEach(w -> options(options, w.options(), w.id()));
    for (Table table : List.of(variants, claims, options)) {
      if (!table.isEmpty()) {
        out.append('\n').append(table.text());
      }
    }
    return out.toString();
  }

  static Map<String, @Nullable Object> json(Target target) {
    Map<String, @Nullable Object> map = Section.pair("id", target.id(), target.summary());
    map.put("kind", target.kind());
    map.put("patterns", target.patterns());
    map.put("environments", target.environments());
    map.put("workloads", workloads(target));
    map.put(
        "variants",
        target.variants().stream().map(v -> Section.pair("name", v.name(), v.summary())).toList());
    map.put("claims", target.claims().stream().map(Claim::toJson).toList());
    map.put("options", options(target.options()));
    return map;
  }

  static List<Map<String, @Nullable Object>> options(List<Target.Option> options) {
    return options.stream()
        .map(o -> {
          Map<String, @Nullable Object> map = Section.pair("name", o.name(), o.summary());
          map.put("default", o.defaultValue());
          map.put("values", o.values());
          return map;
        })
        .toList();
  }

  /** The workloads that it can be driven with, the default first. */
  static List<String> workloads(Target target) {
    List<String> ids = new ArrayList<>();
    for (String offered : target.interfaces()) {
      for (Workload workload : Catalog.workloads()) {
        if (workload.clientInterface().id().equals(offered)) {
          ids.add(workload.id());
        }
      }
    }
    return List.copyOf(ids);
  }

  private static void options(Table table, List<Target.Option> options, String of) {
    for (Target.Option o : options) {
      table.row(
          o.name(),
          o.defaultValue(),
          o.values().isEmpty() ? "any" : String.join("|", o.values()),
          of,
          o.summary());
    }
  }

  private static String under(Claim claim) {
    StringBuilder text = new StringBuilder(String.join(" ", claim.under()));
    if (claim.maxDriftPpm() != Long.MAX_VALUE) {
      text.append(" (drift up to ").append(claim.maxDriftPpm()).append("ppm)");
    }
    new LinkedHashMap<>(claim.when())
        .forEach((k, v) -> text.append(" with ").append(k).append('=').append(String.join("|", v)));
    return text.toString();
  }

  private static void line(StringBuilder out, String label, String text) {
    out.append("  %-10s %s%n".formatted(label, text));
  }
}
