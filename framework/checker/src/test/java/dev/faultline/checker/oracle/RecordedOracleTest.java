package dev.faultline.checker.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Checkers;
import dev.faultline.checker.ImportedCheck;
import dev.faultline.checker.Verdict;
import dev.faultline.checker.oracle.Oracle.Decision;
import dev.faultline.history.formats.Formats;
import dev.faultline.history.formats.Imported;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Small recorded histories, as they are and changed, judged by {@code linearizable} and by the
 * definition. Runs where {@code -Dfaultline.histories=DIR} names a folder with a {@code
 * MANIFEST.tsv}.
 */
final class RecordedOracleTest {
  private static final String DIR = System.getProperty("faultline.histories", "");
  private static final int CHANGED = Integer.getInteger("faultline.changed", 12);
  private static final int NUMBER_OF_OPERATIONS = 5;

  private int good;
  private int bad;
  private int skipped;
  private final List<String> wrong = new ArrayList<>();

  @Test
  void theDefinitionAgrees() throws IOException {
    Path dir = Path.of(DIR);
    Assumptions.assumeTrue(
        !DIR.isEmpty() && Files.exists(dir.resolve("MANIFEST.tsv")),
        "no recorded histories; give their folder with -Dfaultline.histories=DIR");
    int files = 0;
    List<String> lines = Files.readAllLines(dir.resolve("MANIFEST.tsv"));
    for (String line : lines.subList(1, lines.size())) {
      List<String> row = List.of(line.split("\t", -1));
      if (!row.get(NUMBER_OF_OPERATIONS).matches("[0-9]|1[0-4]")) {
        continue;
      }
      Imported imported = Formats.read(dir.resolve(row.get(0)), null, Long.MAX_VALUE);
      ImportedCheck check = ImportedCheck.of(imported, Map.of(), Differential::budget);
      if (!check.property().equals("linearizable") || check.params().get("model") == null) {
        continue;
      }
      files++;
      List<Row> rows = new ArrayList<>();
      check.history().operations().forEach(op -> rows.add(Row.of(op)));
      judge(row.get(0), check.params(), rows, check.verdict());
      SplittableRandom random = new SplittableRandom(files);
      for (int i = 0; i < CHANGED; i++) {
        List<Row> changed = rows;
        for (int changes = 1 + random.nextInt(2); changes > 0; changes--) {
          changed = Samples.spoil(changed, random);
        }
        judge(row.get(0) + " changed " + i, check.params(), changed, null);
      }
    }
    System.out.printf(
        "recorded: %d files, each changed %d times: %d good, %d bad, %d too large%n",
        files, CHANGED, good, bad, skipped);
    assertThat(wrong).isEmpty();
    assertThat(Math.min(good, bad)).isGreaterThan(files / 2);
  }

  private void judge(
      String name, Map<String, ?> params, List<Row> rows, @Nullable Verdict published) {
    Decision decision = Oracle.decide(params, Row.operations(rows));
    if (decision == Decision.TOO_LARGE) {
      skipped++;
      return;
    }
    Budget budget = Differential.budget();
    Verdict verdict =
        published != null
            ? published
            : Checkers.create("linearizable", params).check(Row.history(rows), budget);
    boolean agree =
        switch (verdict) {
          case Verdict.Valid v -> decision == Decision.ORDERED;
          case Verdict.Invalid v -> decision == Decision.NOT_ORDERED;
          case Verdict.Unknown v -> decision == Decision.NOT_ITS_KIND;
        };
    good += decision == Decision.ORDERED ? 1 : 0;
    bad += decision == Decision.NOT_ORDERED ? 1 : 0;
    if (!agree) {
      wrong.add(
          "%s %s: %s, the definition says %s%n%s"
              .formatted(name, params, verdict, decision, Row.told(rows)));
    }
  }
}
