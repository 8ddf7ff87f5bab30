package dev.faultline.cli.bench;

import dev.faultline.checker.Checker;
import dev.faultline.checker.Verdict;
import dev.faultline.cli.bench.Line.Grade;
import dev.faultline.cli.bench.Peers.Figure;
import dev.faultline.history.History;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Operations that were never answered: bars 14 and 15, and the table of issue 6. */
final class CrashedRows {
  private final Room room;

  CrashedRows(Room room) {
    this.room = room;
  }

  /**
   * A history and what is known of it.
   *
   * @param peer whether the peer tries it: it takes 2 to the power of {@code crashed}
   */
  private record Case(
      int bar,
      String model,
      int crashed,
      String kind,
      boolean good,
      double floor,
      double aim,
      boolean peer,
      History history) {}

  void measure() throws IOException {
    List<Case> cases = new ArrayList<>();
    if (room.wants(14)) {
      for (int k : new int[] {14, 1000}) {
        int n = k == 14 ? 300 : 3000;
        History h = Maker.stale(Maker.make(new Things.Register(), 5, n, k, k));
        cases.add(new Case(14, "register", k, "stale read", false, 25e-3, 1e-3, k == 14, h));
      }
    }
    if (room.wants(15)) {
      double[][] bars = {{14, 50e-3, 5e-3}, {20, 0.3, 30e-3}, {50, 10, 1}, {100, 60, 60}};
      for (double[] bar : room.scale() == 1 ? bars : Arrays.copyOf(bars, 1)) {
        int k = (int) bar[0];
        History good = Maker.make(new Things.Cas(5), 5, Math.max(300, 3 * k), k, k);
        boolean peer = k <= 20;
        cases.add(
            new Case(
                15,
                "cas-register",
                k,
                "phantom",
                false,
                bar[1],
                bar[2],
                peer,
                Maker.phantom(good)));
        cases.add(
            new Case(
                15,
                "cas-register",
                k,
                "overwritten",
                false,
                bar[1],
                bar[2],
                k <= 14,
                Maker.overwritten(good)));
        History twice = Maker.replacedTwice(good);
        cases.add(
            new Case(
                15, "cas-register", k, "replaced twice", false, bar[1], bar[2], k <= 14, twice));
      }
    }
    if (room.wants(0)) {
      table(cases);
    }
    run(cases);
  }

  /** 0, 5, 20 and 50 crashed ones, on good and broken runs. */
  private void table(List<Case> cases) {
    for (int k : room.scale() == 1 ? new int[] {0, 5, 20, 50} : new int[] {0, 5}) {
      History r = Maker.make(new Things.Register(), 5, 300, k, 100 + k);
      cases.add(new Case(0, "register", k, "good", true, 1, 1, true, r));
      cases.add(new Case(0, "register", k, "stale read", false, 1, 1, k <= 5, Maker.stale(r)));
      History c = Maker.make(new Things.Cas(5), 5, 300, k, 200 + k);
      cases.add(new Case(0, "cas-register", k, "good", true, 1, 1, true, c));
      History broken = Maker.overwritten(c);
      cases.add(new Case(0, "cas-register", k, "overwritten", false, 1, 1, k <= 5, broken));
      History twice = Maker.replacedTwice(c);
      cases.add(new Case(0, "cas-register", k, "replaced twice", false, 1, 1, k <= 5, twice));
    }
  }

  private void run(List<Case> cases) throws IOException {
    Map<Case, Path> files = new LinkedHashMap<>();
    for (Case c : cases) {
      Path file = room.scratch().resolve("crashed-" + files.size() + ".txt");
      PeerText.stamped(c.history(), c.model(), file);
      files.put(c, file);
    }
    for (Case c : cases) {
      Checker checker = Room.bare(c.model());
      Timing<Verdict> timing = Timing.of(() -> Room.check(checker, c.history()));
      Path file = files.get(c);
      Figure peer =
          file == null || !c.peer()
              ? null
              : room.peers()
                  .porcupine("stamped", List.of(file))
                  .get(String.valueOf(file.getFileName()));
      String word = Room.word(timing.answer());
      boolean right = word.equals(c.good() ? "ok" : "illegal");
      Grade grade =
          !right
              ? Grade.MISSED
              : c.bar() == 0 ? Grade.NONE : Grade.atMost(timing.seconds(), c.floor(), c.aim());
      room.line(
          new Line(
              c.bar(),
              "%s, %d operations, %d crashed, %s"
                  .formatted(c.model(), c.history().operations().size(), c.crashed(), c.kind()),
              c.bar() == 0 ? "" : Units.time(c.floor()),
              c.bar() == 0 ? "" : Units.time(c.aim()),
              Units.time(timing.seconds()) + " (" + word + ")",
              peer == null ? "" : MadeRows.text(peer),
              peer == null || !peer.decided() ? Double.NaN : timing.seconds() / peer.seconds(),
              grade));
    }
  }
}
