package dev.faultline.cli;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.history.HistoryException;
import dev.faultline.history.formats.Format;
import dev.faultline.history.formats.Formats;
import dev.faultline.history.formats.Imported;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code faultline convert}: writes a history in another format. */
@Command(
    name = "convert",
    sortOptions = false,
    description = {
      "Write a history in another format. What that format cannot say is refused, with the entry; what "
          + "it means otherwise is told.%n"
    },
    footer = {
      "%nFormats: jsonl, edn, json, etcd-log, kv-log, limo, polylin, fptlin; what each means: "
          + "docs/formats.md. Without --to, the ending says which: .jsonl, .edn, .json, .hist (limo).",
      "%nExamples:",
      "  faultline convert etcd_001.log etcd_001.jsonl",
      "  faultline convert queue.jsonl queue.log --to polylin"
    })
final class ConvertCommand implements Callable<Integer> {
  private final Root root;

  @Parameters(index = "0", paramLabel = "IN", description = "A history, in any format.")
  private Path in = Path.of("");

  @Parameters(index = "1", paramLabel = "OUT", description = "A file that is not there yet.")
  private Path out = Path.of("");

  @Option(names = "--to", paramLabel = "ID", description = "The format to write.")
  private @Nullable String to;

  @Option(
      names = "--format",
      paramLabel = "ID",
      description = "What to read IN as; found by how it begins if not given.")
  private @Nullable String format;

  @Option(
      names = "--model",
      paramLabel = "ID",
      description = "What the operations are of; guessed if not given.")
  private @Nullable String model;

  ConvertCommand(Root root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    Format target = to == null ? byEnding(out) : Format.of(to);
    if (Files.exists(out)) {
      throw new EnvironmentException(out + ": there already; name a new file");
    }
    try {
      Imported read = Formats.read(in, format == null ? null : Format.of(format), Long.MAX_VALUE);
      String named = model == null ? read.meaning().model() : model;
      for (String note : Formats.write(read, target, named, out)) {
        root.terminal().error("note: " + note);
      }
      return 0;
    } catch (HistoryException e) {
      throw new HistoryException(in + ": " + e.getMessage());
    } catch (IOException e) {
      throw new EnvironmentException(
          in + " to " + out + ": cannot be read or written (" + e.getMessage() + ")", e);
    }
  }

  private static Format byEnding(Path out) {
    String name = String.valueOf(out.getFileName());
    int dot = name.lastIndexOf('.');
    return switch (name.substring(dot + 1)) {
      case "jsonl" -> Format.NATIVE;
      case "edn" -> Format.EDN;
      case "json" -> Format.JSON;
      case "hist" -> Format.LIMO;
      default ->
          throw new EnvironmentException(out + ": the ending tells no format; name one with --to");
    };
  }
}
