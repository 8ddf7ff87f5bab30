package dev.faultline.cli.bench;

import dev.faultline.history.Entry;
import dev.faultline.history.History;
import dev.faultline.history.HistoryWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Histories in several formats, for whoever wants the checker to have seen some. */
public final class Samples {
  private Samples() {}

  /** Writes registers of so many operations, good, and a small bad one in etcd's log. */
  public static List<Path> write(Path folder, int operations) throws IOException {
    History history = Maker.make(new Things.Register(), 5, operations, 0, 1);
    Path stamped = folder.resolve("sample.log");
    PeerText.stamped(history, "register", stamped);
    Path edn = folder.resolve("sample.edn");
    FormatRows.edn(history, edn);
    Path lines = folder.resolve("sample.jsonl");
    lines(history, lines);
    Path etcd = folder.resolve("etcd.log");
    Files.writeString(etcd, etcd());
    return List.of(stamped, edn, lines, etcd);
  }

  /** Writes our own lines, by turns, as a simulation does. */
  static void lines(History history, Path file) throws IOException {
    try (HistoryWriter writer = new HistoryWriter(file, "bench")) {
      writer.byTurns();
      for (Entry entry : history.entries()) {
        writer.append(entry);
      }
    }
  }

  /** Four clients; at last somebody reads what was overwritten. */
  private static String etcd() {
    StringBuilder log = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      int process = i % 4;
      String call = i % 3 == 0 ? ":cas\t[" + (i - 1) + " " + i + "]" : ":write\t" + i;
      log.append(event(process, ":invoke", call));
      log.append(event(process, i % 3 == 0 ? ":fail" : ":ok", call));
    }
    log.append(event(5, ":invoke", ":read\tnil")).append(event(5, ":ok", ":read\t1"));
    return log.toString();
  }

  private static String event(int process, String type, String call) {
    return "INFO  jepsen.util - " + process + "\t" + type + "\t" + call + "\n";
  }
}
