package dev.faultline.cli;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.VirtualTime;
import dev.faultline.harness.matrix.Cell;
import dev.faultline.harness.matrix.Matrix;
import dev.faultline.harness.matrix.Matrix.Scope;
import dev.faultline.harness.matrix.Question;
import dev.faultline.harness.run.Catalog;
import dev.faultline.json.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code faultline matrix}: which variant is caught by what, held against what it declares. */
@Command(
    name = "matrix",
    sortOptions = false,
    description = {
      "Search every variant under every fault, and hold what is found against what the targets "
          + "declare.%n"
    },
    footer = "%nExit code 1: a cell is not as declared.")
final class MatrixCommand implements Callable<Integer> {
  private static final String PAGE = "docs/matrix.md";

  private final Root root;

  @Parameters(
      arity = "0..*",
      paramLabel = "TARGET[:VARIANT]",
      description = "What to ask about; all that run there by default.")
  private List<String> names = List.of();

  @Option(names = "--env", paramLabel = "ID", description = "sim by default.")
  private String environment = "sim";

  @Option(
      names = "--faults",
      paramLabel = "KIND",
      split = ",",
      description = "Only these columns: kinds, none, all, kinds joined by +, plans.")
  private @Nullable List<String> faults;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "Searches of each cell; sim 3, else 1.")
  private @Nullable Integer seeds;

  @Option(
      names = "--schedules",
      paramLabel = "N",
      description =
          "Schedules of each search, and up to ten times as many for a declared breach; "
              + "sim 100, else 3.")
  private @Nullable Long schedules;

  @Option(names = "--time", paramLabel = "TIME", description = "Of each search at most; 10m.")
  private Duration time = Duration.ofMinutes(10);

  @Option(
      names = "--length",
      paramLabel = "TIME",
      description = "Main phase of each schedule; as the target's own times call for, for real 8s.")
  private @Nullable Duration length;

  @Option(
      names = "--write",
      paramLabel = "FILE",
      arity = "0..1",
      fallbackValue = PAGE,
      description = "Write the matrix as Markdown too; " + PAGE + ".")
  private @Nullable Path page;

  @Option(names = "--json", description = "Print the matrix as JSON.")
  private boolean json;

  MatrixCommand(Root root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    boolean virtual = Catalog.environment(environment) instanceof VirtualTime;
    Scope scope =
        new Scope(
            environment,
            seeds != null ? seeds : virtual ? 3 : 1,
            schedules != null ? schedules : virtual ? 100 : 3,
            length,
            time);
    if (scope.seeds() < 1 || scope.schedules() < 1) {
      throw new EnvironmentException(
          "--seeds %d --schedules %d: want 1 or more of each"
              .formatted(scope.seeds(), scope.schedules()));
    }
    List<Question> questions = Question.about(names, environment, faults, !virtual);
    if (questions.isEmpty()) {
      throw new EnvironmentException("no target runs in " + environment + ", so nothing to ask");
    }
    Matrix matrix = new Matrix(scope, spec -> RunDirectories.fresh(spec.id()));
    List<Cell> cells = new ArrayList<>();
    for (Question question : questions) {
      tell(cells.size() + 1, questions.size(), question);
      cells.add(matrix.ask(question));
    }
    return show(new MatrixPage(scope, cells));
  }

  private int show(MatrixPage matrix) {
    PrintStream out = root.terminal().out();
    out.print(json ? Json.pretty(matrix.data()) : matrix.text(root.terminal().outWidth()));
    out.flush();
    Path file = page;
    if (file != null) {
      try {
        Files.writeString(file, matrix.markdown());
      } catch (IOException e) {
        throw new EnvironmentException(file + ": cannot be written (" + e.getMessage() + ")", e);
      }
    }
    return matrix.wrong().isEmpty() ? 0 : 1;
  }

  private void tell(int number, int of, Question question) {
    if (root.quiet()) {
      return;
    }
    boolean terminal = root.terminal().errIsTerminal();
    String line = "%d/%d  %s under %s".formatted(number, of, question.name(), question.under());
    if (terminal || number % 20 == 1) {
      root.terminal().err().print(terminal ? "\r\u001b[K" + line : line + "\n");
      root.terminal().err().flush();
    }
    if (terminal && number == of) {
      root.terminal().err().println();
    }
  }
}
