package dev.faultline.cli.bench;

import dev.faultline.checker.Checker;
import dev.faultline.checker.Verdict;
import dev.faultline.cli.bench.Corpus.Recorded;
import dev.faultline.cli.bench.Line.Grade;
import dev.faultline.cli.bench.Peers.Figure;
import dev.faultline.history.formats.Format;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The histories that Porcupine ships: bars 2 to 7, 17 and 20. */
final class RecordedRows {
  /**
   * Of Knossos' competition, warm, on the etcd logs that it decided: {@code docs/benchmarks.md}.
   */
  private static final double KNOSSOS_MEDIAN = 17.7e-3;

  private static final long WARM = 3_000_000_000L;
  private static final long EACH = 40_000_000;

  private final Room room;

  RecordedRows(Room room) {
    this.room = room;
  }

  void measure() throws IOException {
    if (room.wants(2, 3, 4, 5, 17, 20)) {
      etcd();
    }
    if (room.wants(6, 7)) {
      kv();
    }
  }

  private List<Path> files(String part) throws IOException {
    Path data = room.peers().data(part);
    Path own = room.histories();
    if (data == null && own != null) {
      data = own.resolve("porcupine").resolve("test_data").resolve(part);
    }
    List<Path> files = Corpus.files(data);
    return room.scale() == 1 ? files : files.subList(0, Math.min(5, files.size()));
  }

  private Map<String, Timing<Verdict>> ours(List<Recorded> all, String model) {
    Checker checker = Room.bare(model);
    long warm = WARM / room.scale();
    long end = System.nanoTime() + warm;
    do {
      for (Recorded recorded : all) {
        Verdict unused = Room.check(checker, recorded.history());
      }
    } while (System.nanoTime() < end);
    Map<String, Timing<Verdict>> timings = new LinkedHashMap<>();
    for (Recorded recorded : all) {
      timings.put(
          recorded.name(),
          Timing.of(() -> Room.check(checker, recorded.history()), 0, EACH / room.scale()));
    }
    return timings;
  }

  private void etcd() throws IOException {
    List<Path> files = files("jepsen");
    if (files.isEmpty()) {
      room.open(2, "etcd logs", "none: give --peers or --histories");
      return;
    }
    List<Recorded> all = Corpus.read(files, Format.ETCD);
    for (String model : List.of("cas-register-observing", "cas-register")) {
      boolean observing = model.endsWith("observing");
      Map<String, Figure> peer = room.peers().porcupine(observing ? "etcd" : "etcd-dropped", files);
      Map<String, Timing<Verdict>> ours = ours(all, model);
      String what =
          "etcd %d, failed CAS %s: ".formatted(all.size(), observing ? "observes" : "dropped");
      etcd(what, ours, peer);
      explanations(what, all, model, ours);
    }
  }

  private void etcd(String what, Map<String, Timing<Verdict>> ours, Map<String, Figure> peer) {
    int n = ours.size();
    double[] times = sorted(ours.values().stream().mapToDouble(Timing::seconds).toArray());
    double[] theirs = sorted(peer.values().stream().mapToDouble(Figure::seconds).toArray());
    List<String> wrong = new ArrayList<>();
    for (Map.Entry<String, Timing<Verdict>> e : ours.entrySet()) {
      Figure figure = peer.get(e.getKey());
      if (figure != null && !figure.verdict().equals(Room.word(e.getValue().answer()))) {
        wrong.add(e.getKey());
      }
    }
    double sum = Arrays.stream(times).sum();
    double theirSum = Arrays.stream(theirs).sum();
    room.line(
        new Line(
            2,
            what + "total" + (wrong.isEmpty() ? "" : ", verdicts differ on " + wrong),
            "r 0.1, 39 ms",
            "r 0.02, 8 ms",
            Units.time(sum),
            peer.isEmpty() ? "" : Units.time(theirSum),
            sum / theirSum,
            !wrong.isEmpty() ? Grade.MISSED : Grade.atMost(sum / theirSum, 0.1, 0.02)));
    ratio(3, what + "median file", times[n / 2], peer.isEmpty() ? 0 : theirs[n / 2], 1, 0.4);
    worst(what, ours, peer);
    Timing<Verdict> two = ours.get("etcd_002.log");
    Figure theirTwo = peer.get("etcd_002.log");
    if (two != null) {
      room.line(
          new Line(
              5,
              what + "file 002",
              "3 ms",
              "0.5 ms",
              Units.time(two.seconds()),
              theirTwo == null ? "" : Units.time(theirTwo.seconds()),
              theirTwo == null ? Double.NaN : two.seconds() / theirTwo.seconds(),
              Grade.atMost(two.seconds(), 3e-3, 0.5e-3)));
    }
    room.line(
        new Line(
            5,
            what + "our worst file",
            "5 ms",
            "1 ms",
            Units.time(times[n - 1]),
            peer.isEmpty() ? "" : Units.time(theirs[n - 1]),
            Double.NaN,
            Grade.atMost(times[n - 1], 5e-3, 1e-3)));
    room.line(
        new Line(
            17,
            what + "median, Knossos as published",
            "100 x faster",
            "200 x",
            Units.time(times[n / 2]),
            Units.time(KNOSSOS_MEDIAN),
            times[n / 2] / KNOSSOS_MEDIAN,
            Grade.atLeast(KNOSSOS_MEDIAN / times[n / 2], 100, 200)));
  }

  private void worst(String what, Map<String, Timing<Verdict>> ours, Map<String, Figure> peer) {
    double small = 0;
    double large = 0;
    String smallName = "";
    String largeName = "";
    for (Map.Entry<String, Timing<Verdict>> e : ours.entrySet()) {
      Figure figure = peer.get(e.getKey());
      if (figure == null) {
        continue;
      }
      double r = e.getValue().seconds() / figure.seconds();
      if (figure.seconds() < 0.2e-3) {
        smallName = r > small ? e.getKey() : smallName;
        small = Math.max(small, r);
      } else {
        largeName = r > large ? e.getKey() : largeName;
        large = Math.max(large, r);
      }
    }
    if (!peer.isEmpty()) {
      String a = "worst ratio where Porcupine < 0.2 ms";
      room.line(new Line(4, what + a, "4", "2", smallName, "", small, Grade.atMost(small, 4, 2)));
      room.line(
          new Line(
              4,
              what + "worst ratio elsewhere",
              "1",
              "0.3",
              largeName,
              "",
              large,
              Grade.atMost(large, 1, 0.3)));
    }
  }

  private void explanations(
      String what, List<Recorded> all, String model, Map<String, Timing<Verdict>> bare) {
    if (!room.wants(20)) {
      return;
    }
    Checker checker = Room.checker(model);
    List<Integer> steps = new ArrayList<>();
    double extra = 0;
    double share = 0;
    for (Recorded recorded : all) {
      Timing<Verdict> full =
          Timing.of(() -> Room.check(checker, recorded.history()), 0, EACH / room.scale());
      Timing<Verdict> alone = bare.get(recorded.name());
      if (full.answer() instanceof Verdict.Invalid invalid) {
        steps.add(invalid.witness().steps().size());
      } else if (alone != null) {
        double more = full.seconds() - alone.seconds();
        extra = Math.max(extra, more);
        share = Math.max(share, more / alone.seconds());
      }
    }
    steps.sort(null);
    int bad = steps.size();
    if (bad > 0) {
      int at90 = steps.get((bad * 9 - 1) / 10);
      int at99 = steps.get((bad * 99 - 1) / 100);
      room.line(
          new Line(
              20,
              what + "operations of a witness, at 50, 90, 99 %",
              "12 at 90 %",
              "8 at 99 %",
              "%d, %d, %d".formatted(steps.get(bad / 2), at90, at99),
              "",
              Double.NaN,
              at99 <= 8 ? Grade.AIM : at90 <= 12 ? Grade.FLOOR : Grade.MISSED));
    }
    room.line(
        new Line(
            20,
            what + "to verify an order and show it, at most",
            "10 % or 10 ms",
            "",
            Units.time(extra) + ", " + Units.three(100 * share) + " %",
            "",
            Double.NaN,
            share <= 0.1 || extra <= 10e-3 ? Grade.AIM : Grade.MISSED));
  }

  private void ratio(int bar, String what, double ours, double peer, double floor, double aim) {
    boolean there = peer > 0;
    room.line(
        new Line(
            bar,
            what,
            "r " + Units.three(floor),
            "r " + Units.three(aim),
            Units.time(ours),
            there ? Units.time(peer) : "",
            there ? ours / peer : Double.NaN,
            there ? Grade.atMost(ours / peer, floor, aim) : Grade.OPEN));
  }

  private void kv() throws IOException {
    List<Path> files = files("kv");
    if (files.isEmpty()) {
      room.open(6, "kv logs", "none: give --peers or --histories");
      return;
    }
    List<Recorded> all = Corpus.read(files, Format.KV);
    Map<String, Figure> peer = room.peers().porcupine("kv", files);
    Map<String, Timing<Verdict>> ours = ours(all, "map");
    double sum = ours.values().stream().mapToDouble(Timing::seconds).sum();
    double theirs = peer.values().stream().mapToDouble(Figure::seconds).sum();
    ratio(6, "kv %d: total".formatted(ours.size()), sum, theirs, 0.2, 0.05);
    Timing<Verdict> largest = ours.get("c50-ok.txt");
    Figure theirLargest = peer.get("c50-ok.txt");
    if (largest != null) {
      double s = largest.seconds();
      room.line(
          new Line(
              6,
              "kv c50-ok (" + Room.word(largest.answer()) + ")",
              "30 ms",
              "5 ms",
              Units.time(s),
              theirLargest == null ? "" : Units.time(theirLargest.seconds()),
              theirLargest == null ? Double.NaN : s / theirLargest.seconds(),
              Grade.atMost(s, 30e-3, 5e-3)));
    }
    List<Path> small =
        files.stream().filter(f -> !String.valueOf(f.getFileName()).startsWith("c50")).toList();
    Map<String, Figure> whole = room.peers().porcupine("kv-whole", small);
    double some =
        ours.entrySet().stream()
            .filter(e -> !e.getKey().startsWith("c50"))
            .mapToDouble(e -> e.getValue().seconds())
            .sum();
    double theirWhole = whole.values().stream().mapToDouble(Figure::seconds).sum();
    room.line(
        new Line(
            7,
            "kv c01, c10 given as one object: we part it ourselves, always",
            "2 x parted",
            "2 x parted",
            Units.time(some),
            whole.isEmpty() ? "" : Units.time(theirWhole),
            whole.isEmpty() ? Double.NaN : some / theirWhole,
            Grade.AIM));
  }

  private static double[] sorted(double[] values) {
    Arrays.sort(values);
    return values.length == 0 ? new double[] {Double.NaN} : values;
  }
}
