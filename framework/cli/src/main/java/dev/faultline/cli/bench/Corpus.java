package dev.faultline.cli.bench;

import dev.faultline.history.History;
import dev.faultline.history.formats.Format;
import dev.faultline.history.formats.Formats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Recorded histories that Porcupine ships. */
final class Corpus {
  private Corpus() {}

  /** A recorded file. */
  record Recorded(String name, History history) {}

  static List<Path> files(@Nullable Path folder) throws IOException {
    if (folder == null) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  static List<Recorded> read(List<Path> files, Format format) throws IOException {
    List<Recorded> all = new ArrayList<>();
    for (Path file : files) {
      History history = Formats.read(file, format, Long.MAX_VALUE).history();
      all.add(new Recorded(String.valueOf(file.getFileName()), history));
    }
    return all;
  }
}
