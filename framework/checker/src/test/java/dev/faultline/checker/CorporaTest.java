package dev.faultline.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.history.formats.Formats;
import dev.faultline.history.formats.Imported;
import dev.faultline.history.formats.Meaning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Verdicts on recorded histories, as published. Runs where {@code -Dfaultline.histories=DIR} names
 * a folder with a {@code MANIFEST.tsv} (file, repository, path, format, model, operations, most
 * open at once, verdict).
 */
final class CorporaTest {
  private static final String DIR = System.getProperty("faultline.histories", "");

  /** What the manifest calls a format, where we have another word. */
  private static final Map<String, List<String>> FORMATS =
      Map.of(
          "porcupine-etcd-log", List.of("etcd-log"),
          "porcupine-kv-log", List.of("kv-log"),
          "knossos-edn", List.of("edn"),
          "jepsen-edn", List.of("edn"),
          "elle-cli-json", List.of("json"),
          "limo-hist", List.of("limo"),
          "polylin-log", List.of("polylin"),
          "fptlin-log", List.of("fptlin"),
          "awdit-test-text", List.of("awdit"),
          "dbcop-bincode", List.of("dbcop"));

  private static String last = "corpora: skipped, for -Dfaultline.histories=DIR names no folder";

  private record Row(String file, String format, String model, String verdict) {
    boolean good() {
      return verdict.equals("linearizable") || verdict.equals("valid");
    }

    /** Models that are about transactions. */
    boolean transactions() {
      return Set.of("kv transactions", "list-append", "rw-register", "long-fork").contains(model)
          || model.startsWith("comments");
    }
  }

  @AfterAll
  static void sayWhatWasDone() {
    System.out.println(last);
  }

  @Test
  void verdictsAreAsPublished() throws IOException {
    Path dir = Path.of(DIR);
    Assumptions.assumeTrue(
        !DIR.isEmpty() && Files.exists(dir.resolve("MANIFEST.tsv")),
        "no recorded histories; give their folder with -Dfaultline.histories=DIR");
    List<String> wrong = new ArrayList<>();
    int[] counts = new int[3];
    long from = System.nanoTime();
    for (Row row : rows(dir)) {
      Imported imported = Formats.read(dir.resolve(row.file()), null, Long.MAX_VALUE);
      String format = imported.meaning().format().id();
      if (!FORMATS.getOrDefault(row.format(), List.of("plume")).contains(format)) {
        wrong.add("%s: format %s, want %s".formatted(row.file(), format, row.format()));
      }
      ImportedCheck check =
          ImportedCheck.of(
              imported, Map.of(), () -> new Budget(Duration.ofSeconds(10), 1_000_000_000));
      String got = word(check);
      String want = row.transactions() ? "isolation" : row.good() ? "valid" : "invalid";
      counts[row.transactions() ? 2 : row.good() ? 0 : 1]++;
      if (!got.equals(want)) {
        wrong.add(
            "%s (%s): want %s, got %s: %s"
                .formatted(row.file(), row.model(), want, got, check.verdict()));
      }
    }
    last =
        "corpora: %d good, %d bad, %d of transactions, in %d ms"
            .formatted(counts[0], counts[1], counts[2], (System.nanoTime() - from) / 1_000_000);
    assertThat(wrong).isEmpty();
    assertThat(counts).doesNotContain(0);
  }

  private static String word(ImportedCheck check) {
    if (check.property().equals(Meaning.ISOLATION)) {
      return "isolation";
    }
    return switch (check.verdict()) {
      case Verdict.Valid v -> "valid";
      case Verdict.Invalid i -> "invalid";
      case Verdict.Unknown u -> "unknown";
    };
  }

  private static List<Row> rows(Path dir) throws IOException {
    List<Row> rows = new ArrayList<>();
    List<String> lines = Files.readAllLines(dir.resolve("MANIFEST.tsv"));
    for (String line : lines.subList(1, lines.size())) {
      String[] row = line.split("\t", -1);
      rows.add(new Row(row[0], row[3], row[4], row[7]));
    }
    return rows;
  }
}
