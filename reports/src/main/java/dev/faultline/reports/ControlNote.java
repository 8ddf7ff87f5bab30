package dev.faultline.reports;

import dev.faultline.json.Json;
import dev.faultline.json.JsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What the same run on one node showed, where it was tried. */
final class ControlNote {
  private ControlNote() {}

  /** In one sentence; null if nobody tried. */
  static @Nullable String of(Path dir) {
    Path file = dir.resolve("control.json");
    try {
      return Files.exists(file)
              && Json.readObject(Files.readString(file)).get("sentence") instanceof String sentence
          ? sentence
          : null;
    } catch (IOException | JsonException e) {
      return file + " cannot be read: " + e.getMessage();
    }
  }
}
