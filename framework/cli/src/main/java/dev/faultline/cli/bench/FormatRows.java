package dev.faultline.cli.bench;

import dev.faultline.checker.Budget;
import dev.faultline.checker.ImportedCheck;
import dev.faultline.cli.bench.Line.Grade;
import dev.faultline.history.Entry;
import dev.faultline.history.History;
import dev.faultline.history.HistoryException;
import dev.faultline.history.formats.Formats;
import dev.faultline.history.formats.Imported;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Files of other tools: bars 1 and 23. */
final class FormatRows {
  private final Room room;

  FormatRows(Room room) {
    this.room = room;
  }

  void measure() throws IOException {
    if (room.wants(1)) {
      verdicts();
    }
    if (room.wants(23)) {
      History history = Maker.make(new Things.Register(), 5, room.size(1_000_000), 0, 23);
      Path stamped = room.scratch().resolve("parse.log");
      PeerText.stamped(history, "register", stamped);
      parse("stamped text", stamped, history.operations().size(), 3e6, 10e6);
      Path edn = room.scratch().resolve("parse.edn");
      edn(history, edn);
      parse("EDN", edn, history.operations().size(), 1e6, 3e6);
    }
  }

  private void verdicts() throws IOException {
    Path folder = room.histories();
    if (folder == null || !Files.exists(folder.resolve("MANIFEST.tsv"))) {
      room.open(1, "verdicts on recorded histories", "none: give --histories");
      return;
    }
    int right = 0;
    List<String> wrong = new ArrayList<>();
    long from = System.nanoTime();
    for (String line : Files.readAllLines(folder.resolve("MANIFEST.tsv"))) {
      String[] row = line.split("\t", -1);
      String expected = row[7];
      boolean good = expected.equals("linearizable") || expected.equals("valid");
      if (!good && !expected.equals("not-linearizable") && !expected.equals("invalid")) {
        continue;
      }
      String word = judge(folder.resolve(row[0]));
      if (word.equals("isolation")) {
        continue;
      }
      if (word.equals(good ? "ok" : "illegal")) {
        right++;
      } else {
        wrong.add(row[0] + ": " + word + ", published " + expected);
      }
    }
    room.line(
        new Line(
            1,
            "verdicts on recorded histories" + (wrong.isEmpty() ? "" : "; " + wrong),
            "100 %",
            "100 %",
            "%d of %d, %s in all"
                .formatted(
                    right, right + wrong.size(), Units.time((System.nanoTime() - from) / 1e9)),
            "",
            Double.NaN,
            wrong.isEmpty() && right > 0 ? Grade.AIM : Grade.MISSED));
  }

  private static String judge(Path file) throws IOException {
    try {
      Imported imported = Formats.read(file, null, Long.MAX_VALUE);
      ImportedCheck check =
          ImportedCheck.of(
              imported, Map.of(), () -> new Budget(Duration.ofSeconds(10), 2_000_000_000L));
      return check.property().equals("isolation") ? "isolation" : Room.word(check.verdict());
    } catch (HistoryException e) {
      return e.getMessage() == null ? "unreadable" : e.getMessage();
    }
  }

  private void parse(String kind, Path file, int operations, double floor, double aim)
      throws IOException {
    Timing<Integer> timing =
        Timing.of(() -> {
          try {
            return Formats.read(file, null, Long.MAX_VALUE).history().operations().size();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    double rate = timing.answer() / timing.seconds();
    room.line(
        new Line(
            23,
            "parse of %,d operations, %s".formatted(operations, kind),
            Units.three(floor / 1e6) + " million/s",
            Units.three(aim / 1e6) + " million/s",
            "%s million/s, %s".formatted(Units.three(rate / 1e6), Units.time(timing.seconds())),
            "",
            Double.NaN,
            timing.answer() == operations ? Grade.atLeast(rate, floor, aim) : Grade.MISSED));
  }

  /** Writes Jepsen's maps, one a line. */
  static void edn(History history, Path file) throws IOException {
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
      for (Entry entry : history.entries()) {
        if (entry instanceof Entry.Op op) {
          Object value = op.value();
          out.print(
              "{:type :"
                  + op.type().word()
                  + ", :f :"
                  + op.f()
                  + ", :value "
                  + (value == null ? "nil" : value)
                  + ", :process "
                  + op.process()
                  + ", :time "
                  + op.time()
                  + ", :index "
                  + op.index()
                  + "}\n");
        }
      }
    }
  }
}
