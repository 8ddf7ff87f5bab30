package dev.faultline.cli;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.history.HistoryException;
import dev.faultline.history.formats.Format;
import dev.faultline.history.formats.Formats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the paths that a person named lead to. */
final class HistoryPaths {
  /** How a path is judged. */
  enum Kind {
    /** As its {@code run.json} says. */
    RUN,
    /** By itself. */
    HISTORY,
    /** Nothing is there. */
    MISSING,
    /** A run's directory where a file was to be named. */
    MISUSED
  }

  /** One thing to judge. */
  record Item(Kind kind, Path path) {}

  private static final String RUN = "run.json";

  private final List<String> properties;
  private final @Nullable Format format;
  private int unknown;

  HistoryPaths(List<String> properties, @Nullable Format format) {
    this.properties = properties;
    this.format = format;
  }

  /** All of them, folders walked in the order of their names. */
  List<Item> items(List<Path> paths) {
    List<Item> items = new ArrayList<>();
    for (Path path : paths) {
      if (!Files.exists(path)) {
        items.add(new Item(Kind.MISSING, path));
      } else if (Files.isDirectory(path)) {
        folder(path, items, true);
      } else {
        items.add(file(path));
      }
    }
    return items;
  }

  /** What was met and is no history. */
  List<String> passedOver() {
    return unknown == 0
        ? List.of()
        : List.of(
            "%d %s of no known format passed over; name a file to see why"
                .formatted(unknown, unknown == 1 ? "file" : "files"));
  }

  private void folder(Path folder, List<Item> items, boolean named) {
    try {
      boolean run = Files.exists(folder.resolve(RUN));
      if (run && !properties.isEmpty()) {
        items.add(new Item(Kind.MISUSED, folder));
        return;
      }
      if (run || Formats.isOneHistory(folder)) {
        items.add(new Item(run ? Kind.RUN : Kind.HISTORY, folder));
        return;
      }
      int before = items.size();
      List<Path> inside;
      try (Stream<Path> entries = Files.list(folder)) {
        inside = entries.sorted().toList();
      }
      for (Path path : inside) {
        boolean hidden = String.valueOf(path.getFileName()).startsWith(".");
        if (hidden) {
          continue;
        }
        if (Files.isDirectory(path)) {
          folder(path, items, false);
        } else if (isKnown(path)) {
          items.add(file(path));
        } else {
          unknown++;
        }
      }
      if (named && items.size() == before) {
        // As before: a run that died before anything was written.
        items.add(new Item(Kind.RUN, folder));
      }
    } catch (IOException e) {
      throw new EnvironmentException(folder + ": cannot be read (" + e.getMessage() + ")", e);
    }
  }

  private boolean isKnown(Path file) throws IOException {
    if (format != null) {
      return true;
    }
    try {
      Format unused = Formats.detect(file);
      return true;
    } catch (HistoryException e) {
      return false;
    }
  }

  private Item file(Path path) {
    Path parent = path.toAbsolutePath().getParent();
    String name = String.valueOf(path.getFileName());
    if (properties.isEmpty()
        && parent != null
        && name.startsWith("history.jsonl")
        && Files.exists(parent.resolve(RUN))) {
      Path given = path.getParent();
      return new Item(Kind.RUN, given == null ? Path.of(".") : given);
    }
    return new Item(Kind.HISTORY, path);
  }
}
