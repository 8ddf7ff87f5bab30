package dev.faultline.history.formats;

import dev.faultline.history.History;
import dev.faultline.history.HistoryException;
import dev.faultline.history.HistoryFile;
import dev.faultline.history.OperationTable;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Reads a history in any format, plain or gzipped, and says how it was understood. */
public final class Formats {
  private static final int GZIP_FIRST = 0x1f;
  private static final int GZIP_SECOND = 0x8b;
  private static final int BUFFER = 1 << 16;

  private Formats() {}

  /**
   * Reads a file.
   *
   * @param format what to read it as; null to find out
   * @param until how many events (of formats with one operation a line: operations) to read at most
   * @throws HistoryException naming the line that is wrong and what was expected there, or if the
   *     format is none that is known
   * @throws IOException if the file cannot be read
   */
  public static Imported read(Path file, @Nullable Format format, long until) throws IOException {
    String name = String.valueOf(file.getFileName());
    if (Files.isDirectory(file)) {
      return folder(file, name, format);
    }
    try (InputStream in = open(file)) {
      byte[] head = in.readNBytes(Detector.HEAD);
      Format known = format == null ? detected(name, head) : format;
      if (known == Format.NATIVE) {
        OperationTable plain = Ours.read(new Lines(name, joined(head, in)), until);
        if (plain != null) {
          History history = History.ofOperations(plain);
          return new Imported(history, Guess.ours(history), null);
        }
        HistoryFile ours = HistoryFile.read(file, until);
        return new Imported(ours.history(), Guess.ours(ours.history()), ours.leftOut());
      }
      return read(known, name, joined(head, in), until);
    }
  }

  private static InputStream joined(byte[] head, InputStream rest) {
    return new SequenceInputStream(new ByteArrayInputStream(head), rest);
  }

  /**
   * Writes a history to a new file.
   *
   * @param model id of the model of its operations; needed for formats that name their object
   * @return what the file means otherwise than what was read, one sentence each
   * @throws HistoryException naming the entry that the format cannot say
   */
  public static List<String> write(Imported read, Format format, @Nullable String model, Path file)
      throws IOException {
    boolean done = false;
    try (Writer out = Files.newBufferedWriter(file)) {
      write(read.history(), format, model, out);
      done = true;
    } finally {
      if (!done) {
        Files.deleteIfExists(file);
      }
    }
    return Guess.otherwise(read, format);
  }

  private static void write(History history, Format format, @Nullable String model, Writer out)
      throws IOException {
    Export export = new Export(history, format, out);
    switch (format) {
      case NATIVE -> export.ours();
      case EDN -> Edn.write(history, false, out);
      case JSON -> Edn.write(history, true, out);
      case ETCD -> export.etcd();
      case KV -> export.kv();
      case LIMO -> export.limo(String.valueOf(model));
      case POLYLIN, FPTLIN -> new StampedExport(format, out).write(history, String.valueOf(model));
      case PLUME, AWDIT, COBRA, DBCOP ->
          throw new HistoryException(format.id() + " is read only; write one of jsonl, edn, json");
    }
  }

  /** The format of a file, found by how it begins. */
  public static Format detect(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    if (Files.isDirectory(file)) {
      return folder(file, name, null).meaning().format();
    }
    try (InputStream in = open(file)) {
      return detected(name, in.readNBytes(Detector.HEAD));
    }
  }

  /** Whether a folder is one history: Cobra's, with one log for each session. */
  public static boolean isOneHistory(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(f -> String.valueOf(f.getFileName()))
          .anyMatch(f -> f.matches("T\\d+\\.log"));
    }
  }

  private static Imported folder(Path folder, String name, @Nullable Format format)
      throws IOException {
    if (format == Format.COBRA || (format == null && isOneHistory(folder))) {
      return transactions(Format.COBRA);
    }
    throw new HistoryException(
        name + ": a folder, and as one history only Cobra's logs (T1.log, …) are known");
  }

  private static Format detected(String name, byte[] head) {
    Format found = Detector.of(head, head.length);
    if (found == null) {
      throw new HistoryException(
          "%s: %s; force a format with --format: %s"
              .formatted(
                  name,
                  head.length == 0
                      ? "empty, so nothing tells its format"
                      : "begins like no format that is known",
                  String.join(", ", Format.ids())));
    }
    return found;
  }

  /** The bytes of a file, unpacked if they are packed. */
  private static InputStream open(Path file) throws IOException {
    InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    try {
      raw.mark(2);
      boolean gzip = raw.read() == GZIP_FIRST && raw.read() == GZIP_SECOND;
      raw.reset();
      return gzip ? new GZIPInputStream(raw, BUFFER) : raw;
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  private static Imported read(Format format, String name, InputStream in, long until)
      throws IOException {
    return switch (format) {
      case EDN, JSON -> {
        Text text = new Text(name, in, format == Format.JSON);
        yield Guess.maps(format, Maps.read(text, new Recording(name, until)));
      }
      case KV -> Guess.kv(Maps.read(new Text(name, in, false), new Recording(name, until)));
      case ETCD -> {
        OperationTable ops = Logs.etcd(new Lines(name, in), new Recording(name, until));
        yield imported(ops, Guess.etcd());
      }
      case LIMO -> {
        Logs.Limo limo = Logs.limo(new Lines(name, in), new Recording(name, until));
        yield imported(limo.operations(), Guess.limo(limo.object()));
      }
      case POLYLIN, FPTLIN -> {
        Stamped.Read read = Stamped.read(new Lines(name, in), format == Format.FPTLIN, until);
        yield imported(read.operations(), Guess.stamped(format, read));
      }
      case PLUME, AWDIT, COBRA, DBCOP -> transactions(format);
      case NATIVE -> throw new IllegalStateException("read elsewhere");
    };
  }

  private static Imported transactions(Format format) {
    return new Imported(History.ofOperations(List.of()), Meaning.transactions(format), null);
  }

  private static Imported imported(OperationTable operations, Meaning meaning) {
    return new Imported(History.ofOperations(operations), meaning, null);
  }
}
