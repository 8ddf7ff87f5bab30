package dev.faultline.checker.linear;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Verdict;
import dev.faultline.history.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Verdicts on recorded histories, as published. Runs where {@code -Dfaultline.histories=DIR} names
 * a folder with a {@code MANIFEST.tsv} (file, repository, path, format, model, operations, most
 * open at once, verdict).
 */
final class RecordedTest {
  private static final String DIR = System.getProperty("faultline.histories", "");

  @Test
  void verdictsAreAsPublished() throws IOException {
    Path dir = Path.of(DIR);
    Assumptions.assumeTrue(
        !DIR.isEmpty() && Files.exists(dir.resolve("MANIFEST.tsv")),
        "no recorded histories; give their folder with -Dfaultline.histories=DIR");
    List<String> wrong = new ArrayList<>();
    int good = 0;
    int bad = 0;
    long nanos = 0;
    long worst = 0;
    List<Integer> sizes = new ArrayList<>();
    for (String line : Files.readAllLines(dir.resolve("MANIFEST.tsv"))) {
      String[] row = line.split("\t", -1);
      boolean log = row[3].equals("porcupine-etcd-log");
      boolean maps =
          row[3].equals("knossos-edn")
              || row[3].equals("jepsen-edn")
              || row[3].equals("elle-cli-json");
      boolean lock = row[4].equals("mutex");
      if (!(log || maps) || !(lock || row[4].startsWith("cas-register"))) {
        continue;
      }
      String text = Files.readString(dir.resolve(row[0]));
      History history = log ? Recorded.log(text) : Recorded.maps(text);
      boolean expected = row[7].equals("linearizable") || row[7].equals("valid");
      Linearizable checker =
          new Linearizable(
              new StepSubject(
                  lock ? StepModel.MUTEX : StepModel.CAS_REGISTER,
                  row[4].contains("init 0") ? 0L : null));
      long from = System.nanoTime();
      Verdict verdict = checker.check(history, new Budget(Duration.ofMinutes(1), 2_000_000_000));
      long took = System.nanoTime() - from;
      nanos += took;
      worst = Math.max(worst, took);
      if (verdict instanceof Verdict.Invalid invalid) {
        sizes.add(invalid.witness().steps().size());
      }
      if (!(expected ? verdict instanceof Verdict.Valid : verdict instanceof Verdict.Invalid)) {
        wrong.add("%s: want %s, got %s".formatted(row[0], row[7], verdict));
      }
      good += expected ? 1 : 0;
      bad += expected ? 0 : 1;
    }
    sizes.sort(null);
    System.out.printf(
        "recorded: %d good, %d bad, %d ms in all, %d ms at worst; witness of %d in the median, %d at 90%%%n",
        good,
        bad,
        nanos / 1_000_000,
        worst / 1_000_000,
        sizes.get(sizes.size() / 2),
        sizes.get(sizes.size() * 9 / 10));
    assertThat(wrong).isEmpty();
    assertThat(Math.min(good, bad)).isPositive();
  }
}
