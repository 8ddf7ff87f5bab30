package dev.faultline.workloads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.harness.Target.Option;
import dev.faultline.harness.Workload;
import dev.faultline.harness.Workload.Function;
import dev.faultline.spec.CheckerSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** {@code docs/workloads.md} says what the code does; {@code -Dgolden.update=true} writes it. */
final class PageTest {
  private static final String HEAD =
      """
      # Standard workloads

      Written from the code (`PageTest` with `-Dgolden.update=true`). A target offers a client interface by its
      id (`Target.interfaces`), `faultline run TARGET --workload ID` takes the workload that speaks it. What a
      property means: `docs/checkers.md`. `./faultline run reference --workload ID` shows each at work, and
      `./faultline list targets reference` the broken variants that each of them finds.

      Rules for all clients: a function answers `ok` with the value named, `fail` only with what its column of
      definite errors says, and `info` for all else: time-outs, resets, what is not understood. Values are
      plain JSON. With `settle` a target says how long after the heal its reads are authoritative.
      """;

  private static String page() {
    StringBuilder out = new StringBuilder(HEAD);
    List<Workload> workloads =
        ServiceLoader.load(Workload.class).stream()
            .map(ServiceLoader.Provider::get)
            .sorted(Comparator.comparing(Workload::id))
            .toList();
    for (Workload workload : workloads) {
      out.append("\n## ").append(workload.id()).append("\n\n");
      String summary = workload.summary();
      out.append(Character.toUpperCase(summary.charAt(0))).append(summary.substring(1));
      out.append(". Judged by ");
      List<String> properties =
          workload.checkers(Rehearsed.of(workload, Map.of()).plan()).stream()
              .map(CheckerSpec::property)
              .map(p -> "`" + p + "`")
              .toList();
      out.append(String.join(", ", properties)).append(".\n\n");
      out.append(
          "| function | asked with | answer | definite errors |\n| --- | --- | --- | --- |\n");
      for (Function f : workload.clientInterface().functions()) {
        out.append(
            "| `%s` | %s | %s | %s |\n"
                .formatted(f.name(), f.input(), f.output(), f.definiteErrors()));
      }
      if (!workload.options().isEmpty()) {
        out.append("\n| option | default | |\n| --- | --- | --- |\n");
      }
      for (Option option : workload.options()) {
        out.append(
            "| `%s` | %s | %s |\n"
                .formatted(option.name(), option.defaultValue(), option.summary()));
      }
    }
    return out.toString();
  }

  @Test
  void thePageSaysWhatThereIs() throws IOException {
    Path file = Path.of(System.getProperty("faultline.root", ".."), "docs", "workloads.md");
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(file, page());
    }
    assertThat(Files.readString(file)).isEqualTo(page());
  }
}
