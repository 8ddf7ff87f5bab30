package dev.faultline.cli.bench;

import dev.faultline.checker.Checker;
import dev.faultline.checker.Verdict;
import dev.faultline.cli.bench.Line.Grade;
import dev.faultline.cli.bench.Peers.Figure;
import dev.faultline.history.History;
import dev.faultline.json.JsonException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Long histories that are made here: bars 8 and 10 to 13, 16. */
final class MadeRows {
  private static final int MILLION = 1_000_000;

  private final Room room;

  MadeRows(Room room) {
    this.room = room;
  }

  /** How a history is shown to a peer. */
  private enum Peer {
    NONE,
    PORCUPINE,
    POLYLIN
  }

  void measure() throws IOException {
    if (room.wants(8)) {
      History h = Maker.make(new Things.Register(), 5, room.size(100_000), 0, 8);
      time(8, "register", "5 clients", h, "register", Peer.PORCUPINE, 50e-3, 10e-3, 100e6);
    }
    if (room.wants(10)) {
      History h = Maker.make(new Things.Register(), 20, room.size(1_000), 0, 10);
      time(10, "register", "20 clients", h, "register", Peer.PORCUPINE, 20e-3, 1e-3, 0);
    }
    if (room.wants(11)) {
      History h = Maker.make(new Things.Ends(false, 0), 5, room.size(MILLION), 0, 11);
      time(11, "queue", "5 clients", h, "queue", Peer.POLYLIN, 3, 1.5, 1e9);
    }
    if (room.wants(12)) {
      History h = Maker.make(new Things.Ends(true, 0), 5, room.size(MILLION), 0, 12);
      time(12, "stack", "5 clients", h, "stack", Peer.POLYLIN, 5.6, 2.8, 1e9);
    }
    if (room.wants(13)) {
      int n = room.size(MILLION);
      History set = Maker.make(new Things.Elements(Math.max(2, n / 10)), 5, n, 0, 13);
      time(13, "set", "5 clients", set, "set", Peer.PORCUPINE, 1.6, 0.4, 0);
      History lock = Maker.make(new Things.Lock(false), 5, n, 0, 14);
      time(13, "owned-mutex", "5 clients", lock, "mutex", Peer.NONE, 1.6, 0.4, 0);
      History tokens = Maker.make(new Things.Lock(true), 5, n, 0, 15);
      time(13, "fenced-lock", "5 clients", tokens, "mutex", Peer.NONE, 1.6, 0.4, 0);
    }
    if (room.wants(16)) {
      for (boolean stack : new boolean[] {false, true}) {
        History h = Maker.make(new Things.Ends(stack, 10), 5, room.size(1_000), 0, 16);
        String model = stack ? "stack" : "queue";
        time(16, model, "5 clients, 10 values", h, model, Peer.PORCUPINE, 10, 2, 2e9);
      }
    }
  }

  private void time(
      int bar,
      String model,
      String kind,
      History history,
      String peerKind,
      Peer how,
      double floor,
      double aim,
      double bytes)
      throws IOException {
    int n = history.operations().size();
    String what = "%s %,d, %s".formatted(model, n, kind);
    Timing<Verdict> timing = timing(bar, what, model, history);
    if (timing == null) {
      return;
    }
    Figure peer = peer(history, peerKind, how);
    String word = Room.word(timing.answer());
    Grade grade = Grade.atMost(timing.seconds(), floor, aim);
    if (bytes > 0 && timing.allocated() > bytes) {
      grade = Grade.MISSED;
    }
    boolean right = word.equals("ok") || (bar == 16 && word.equals("unknown"));
    room.line(
        new Line(
            bar,
            what,
            Units.time(floor) + (bytes > 0 ? ", " + Units.bytes((long) bytes) : ""),
            Units.time(aim),
            "%s (%s), allocates %s, %d bytes an operation"
                .formatted(
                    Units.time(timing.seconds()),
                    word,
                    Units.bytes(timing.allocated()),
                    timing.allocated() / n),
            peer == null ? "" : text(peer),
            peer == null || !peer.decided() ? Double.NaN : timing.seconds() / peer.seconds(),
            right ? grade : Grade.MISSED));
  }

  private @Nullable Timing<Verdict> timing(int bar, String what, String model, History history) {
    try {
      Checker checker = Room.bare(model);
      return Timing.of(() -> Room.check(checker, history));
    } catch (JsonException e) {
      room.open(bar, what, "no checker yet");
      return null;
    }
  }

  private @Nullable Figure peer(History history, String kind, Peer how) throws IOException {
    Path file = room.scratch().resolve("peer.txt");
    if (how == Peer.PORCUPINE && room.peers().has("porcupine")) {
      PeerText.stamped(history, kind, file);
      return room.peers().porcupine("stamped", List.of(file)).get("peer.txt");
    }
    if (how == Peer.POLYLIN && room.peers().has("polylin")) {
      PeerText.polylin(history, kind, file);
      return room.peers().polylin(file);
    }
    return null;
  }

  static String text(Figure figure) {
    String bytes = figure.bytes() > 0 ? ", " + Units.bytes(figure.bytes()) : "";
    return figure.decided()
        ? Units.time(figure.seconds()) + bytes
        : "none: out of " + figure.verdict() + " after " + Units.time(figure.seconds()) + bytes;
  }
}
