package dev.faultline.cli;

import dev.faultline.checker.Checkers;
import dev.faultline.checker.Property;
import dev.faultline.harness.Environment;
import dev.faultline.harness.Target;
import dev.faultline.harness.Workload;
import dev.faultline.harness.run.Catalog;
import dev.faultline.harness.run.Profile;
import dev.faultline.spec.FaultKinds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One kind of thing that {@code faultline list} shows. */
enum Section {
  TARGETS {
    @Override
    String table(int width) {
      Table table =
          new Table(width, "TARGET", "KIND", "PATTERNS", "VARIANTS", "WORKLOADS", "RUNS IN");
      for (Target t : Catalog.targets()) {
        int broken = t.variants().size() - 1;
        table.row(
            t.id(),
            t.kind(),
            String.join(", ", t.patterns()),
            broken > 0 ? Integer.toString(broken) : "–",
            String.join(", ", TargetPage.workloads(t)),
            String.join(" ", t.environments()));
      }
      return table.text();
    }

    @Override
    List<Map<String, @Nullable Object>> json() {
      return Catalog.targets().stream().map(TargetPage::json).toList();
    }
  },
  WORKLOADS {
    @Override
    String table(int width) {
      Table table = new Table(width, "WORKLOAD", "NEEDS", "FUNCTIONS", "WHAT IT DOES");
      for (Workload w : Catalog.workloads()) {
        List<String> functions =
            w.clientInterface().functions().stream().map(Workload.Function::name).toList();
        table.row(w.id(), w.clientInterface().id(), String.join(" ", functions), w.summary());
      }
      return table.text();
    }

    @Override
    List<Map<String, @Nullable Object>> json() {
      return Catalog.workloads().stream().map(Section::workload).toList();
    }
  },
  FAULTS {
    @Override
    String table(int width) {
      Table table = new Table(width, "FAULT", "WHAT IT DOES");
      FaultKinds.all().forEach(kind -> table.row(kind, FaultKinds.summary(kind)));
      return table.text();
    }

    @Override
    List<Map<String, @Nullable Object>> json() {
      return FaultKinds.all().stream()
          .map(kind -> pair("id", kind, FaultKinds.summary(kind)))
          .toList();
    }
  },
  PROFILES {
    @Override
    String table(int width) {
      Table table = new Table(width, "PROFILE", "FAULTS", "OF WHICH KINDS");
      for (Profile profile : Profile.values()) {
        table.row(profile.id(), profile.summary(), String.join(", ", profile.kinds()));
      }
      return table.text();
    }

    @Override
    List<Map<String, @Nullable Object>> json() {
      return List.of(Profile.values()).stream()
          .map(profile -> {
            Map<String, @Nullable Object> map = pair("id", profile.id(), profile.summary());
            map.put("kinds", profile.kinds());
            return map;
          })
          .toList();
    }
  },
  ENVIRONMENTS {
    @Override
    String table(int width) {
      Table table = new Table(width, "ENVIRONMENT", "USABLE", "WHAT IT IS");
      for (Environment e : Catalog.environments()) {
        String why = e.unavailable();
        table.row(
            e.id(), why == null ? "yes" : "no", e.summary() + (why == null ? "" : " – " + why));
      }
      return table.text();
    }

    @Override
    List<Map<String, @Nullable Object>> json() {
      return Catalog.environments().stream()
          .map(e -> {
            Map<String, @Nullable Object> map = pair("id", e.id(), e.summary());
            map.put("usable", e.unavailable() == null);
            map.put("why", e.unavailable());
            return map;
          })
          .toList();
    }
  },
  PROPERTIES {
    @Override
    String table(int width) {
      Table table = new Table(width, "PROPERTY", "WHAT HOLDS");
      for (Property p : Checkers.properties()) {
        table.row(p.id(), p.summary());
      }
      return table.text();
    }

    @Override
    List<Map<String, @Nullable Object>> json() {
      return Checkers.properties().stream().map(p -> pair("id", p.id(), p.summary())).toList();
    }
  };

  /** For people. */
  abstract String table(int width);

  /** For machines. */
  abstract List<Map<String, @Nullable Object>> json();

  private static Map<String, @Nullable Object> workload(Workload w) {
    Map<String, @Nullable Object> map = pair("id", w.id(), w.summary());
    map.put("interface", w.clientInterface().id());
    map.put(
        "functions",
        w.clientInterface().functions().stream()
            .map(f -> {
              Map<String, @Nullable Object> function = new LinkedHashMap<>();
              function.put("name", f.name());
              function.put("input", f.input());
              function.put("output", f.output());
              function.put("definiteErrors", f.definiteErrors());
              return function;
            })
            .toList());
    map.put("options", TargetPage.options(w.options()));
    return map;
  }

  static Map<String, @Nullable Object> pair(String name, String value, String summary) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put(name, value);
    map.put("summary", summary);
    return map;
  }
}
