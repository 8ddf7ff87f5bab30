package dev.faultline.reports;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The ends of the nodes' logs in a run directory, {@code nodes/<id>/*.log}. */
final class NodeLogs {
  static final int MAX_BYTES = 64 * 1024;

  /** The end of one log; {@code note} says what was left out or went wrong, else empty. */
  record Tail(String name, String text, String note) {}

  private NodeLogs() {}

  static List<Tail> of(Path dir) throws IOException {
    Path nodes = dir.resolve("nodes");
    if (!Files.isDirectory(nodes)) {
      return List.of();
    }
    List<Path> files;
    try (Stream<Path> found = Files.walk(nodes, 2)) {
      files = found.filter(p -> p.toString().endsWith(".log")).sorted().toList();
    }
    List<Tail> tails = new ArrayList<>();
    for (Path file : files) {
      tails.add(tail(nodes.relativize(file).toString(), file));
    }
    return tails;
  }

  private static Tail tail(String name, Path file) {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      long skipped = Math.max(0, in.length() - MAX_BYTES);
      byte[] bytes = new byte[(int) (in.length() - skipped)];
      in.seek(skipped);
      in.readFully(bytes);
      String text = new String(bytes, StandardCharsets.UTF_8);
      if (skipped > 0) {
        text = text.substring(text.indexOf('\n') + 1);
      }
      String note =
          skipped == 0
              ? ""
              : "the last 64 KB; the %s KB before are in nodes/%s"
                  .formatted(Words.count(skipped / 1024), name);
      return new Tail(name, text.replaceAll("\u001b\\[[0-9;]*m", ""), note);
    } catch (IOException e) {
      return new Tail(name, "", "could not be read: " + e.getMessage());
    }
  }
}
