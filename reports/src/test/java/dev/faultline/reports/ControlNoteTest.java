package dev.faultline.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sentence of a control run is told where there was one. */
final class ControlNoteTest {
  @Test
  void itIsReadFromTheRunDirectory(@TempDir Path dir) throws IOException {
    assertThat(ControlNote.of(dir)).isNull();
    Files.writeString(dir.resolve("control.json"), "{\"sentence\":\"on one node it held\"}");
    assertThat(ControlNote.of(dir)).isEqualTo("on one node it held");
    Files.writeString(dir.resolve("control.json"), "{\"sente");
    assertThat(ControlNote.of(dir)).contains("control.json cannot be read");
  }
}
