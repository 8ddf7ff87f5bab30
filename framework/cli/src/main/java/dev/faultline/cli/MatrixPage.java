package dev.faultline.cli;

import dev.faultline.harness.matrix.Cell;
import dev.faultline.harness.matrix.Cell.Detection;
import dev.faultline.harness.matrix.Matrix.Scope;
import dev.faultline.harness.matrix.Question;
import dev.faultline.harness.run.Catalog;
import dev.faultline.json.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The matrix as text, as a Markdown page and as data. */
final class MatrixPage {
  private static final String SILENT = "·";
  private static final String UNMET = "–";
  private static final String NEEDS_FAULTS = " †";

  private final Scope scope;
  private final List<Cell> cells;

  MatrixPage(Scope scope, List<Cell> cells) {
    this.scope = scope;
    this.cells = List.copyOf(cells);
  }

  /** What is not as declared, a line each. */
  List<String> wrong() {
    List<String> lines = new ArrayList<>();
    for (Cell cell : cells) {
      cell.wrong()
          .forEach(why ->
              lines.add(name(cell.question()) + " under " + cell.question().under() + ": " + why));
    }
    return List.copyOf(lines);
  }

  /** A line for each property that was found broken, and one for all silent cells of a variant. */
  String text(int width) {
    Table table = new Table(width, "VARIANT", "FOUND", "MEDIAN", "WORST", "OF SEEDS", "UNDER");
    rows()
        .forEach((variant, row) -> {
          List<String> silent = new ArrayList<>();
          for (Cell cell : row) {
            String under = cell.question().under();
            if (cell.detections().isEmpty()) {
              silent.add(under + (cell.unmet() ? " (meets nothing)" : ""));
            }
            cell.detections()
                .forEach((property, d) ->
                    table.row(
                        variant + mark(cell.question()),
                        property,
                        Long.toString(d.median()),
                        Long.toString(d.worst()),
                        d.found() + " of " + scope.seeds(),
                        under + (cell.question().required().contains(property) ? "" : " (may)")));
          }
          if (!silent.isEmpty()) {
            long schedules =
                row.stream().filter(c -> c.detections().isEmpty()).mapToLong(Cell::schedules).sum();
            table.row(
                variant + mark(row.get(0).question()),
                "nothing in %,d schedules".formatted(schedules),
                "",
                "",
                "",
                String.join(", ", silent));
          }
        });
    StringBuilder out = new StringBuilder(table.text());
    out.append(summary()).append('\n');
    wrong().forEach(line -> out.append("wrong: ").append(line).append('\n'));
    return out.toString();
  }

  private String summary() {
    long bad = cells.stream().filter(c -> !c.wrong().isEmpty()).count();
    long unmet = cells.stream().filter(Cell::unmet).count();
    return "%d cells, %,d schedules in %s: %s%s"
        .formatted(
            cells.size(),
            cells.stream().mapToLong(Cell::schedules).sum(),
            scope.environment(),
            bad == 0 ? "all as declared" : bad + " not as declared",
            unmet == 0 ? "" : "; in %d the fault meets nothing".formatted(unmet));
  }

  /** The cells of each variant, in the order asked. */
  private Map<String, List<Cell>> rows() {
    Map<String, List<Cell>> rows = new LinkedHashMap<>();
    cells.forEach(c -> rows.computeIfAbsent(name(c.question()), n -> new ArrayList<>()).add(c));
    return rows;
  }

  private static String name(Question question) {
    return question.target() + ":" + question.label();
  }

  private static String mark(Question question) {
    return Catalog.variant(Catalog.target(question.target()), question.variant()).needsFaults()
        ? NEEDS_FAULTS
        : "";
  }

  /** A page with a grid for each target. */
  String markdown() {
    StringBuilder out = new StringBuilder("# The kill matrix\n\n");
    Duration length = scope.length();
    out.append(
        "Written by `faultline matrix --env %s --seeds %d --schedules %d%s --write`.\n\n"
            .formatted(
                scope.environment(),
                scope.seeds(),
                scope.schedules(),
                length == null ? "" : " --length " + Durations.format(length)));
    out.append(
        """
        Every variant of a target is searched under no faults, under each kind of fault that the
        target claims to bear, under all of them, and by the plan in `docs/plans` that is for it (the
        correct one by each of these), one seed a schedule. A cell names the property that was found
        broken and the schedules until then, median and worst over the seeds; bold means that the
        variant declares it, so that not finding it fails the command; the rest may be found. `·`
        means that nothing was found, which is required of correct variants, and, without faults, of
        those marked †; `–` that no schedule counted, since the fault meets nothing there. A property that a variant does not declare fails the command.
        """);
    Set<String> targets = new LinkedHashSet<>();
    cells.forEach(c -> targets.add(c.question().target()));
    targets.forEach(target -> grid(out, target));
    out.append('\n').append(summary()).append(".\n");
    wrong().forEach(line -> out.append("\n- wrong: ").append(line).append('\n'));
    return out.toString();
  }

  private void grid(StringBuilder out, String target) {
    List<Cell> own = cells.stream().filter(c -> c.question().target().equals(target)).toList();
    Set<String> columns = new LinkedHashSet<>();
    own.forEach(c -> columns.add(column(c.question())));
    Set<String> properties = new TreeSet<>();
    own.forEach(c -> properties.addAll(c.detections().keySet()));
    Map<String, String> letters = new LinkedHashMap<>();
    properties.forEach(p -> letters.put(p, String.valueOf((char) ('a' + letters.size()))));
    out.append("\n## ").append(target).append("\n\n");
    letters.forEach(
        (p, letter) -> out.append("- ").append(letter).append(": `").append(p).append("`\n"));
    out.append(letters.isEmpty() ? "" : "\n").append("| variant |");
    columns.forEach(c -> out.append(' ').append(c).append(" |"));
    out.append("\n| --- |").append(" --- |".repeat(columns.size()));
    Map<String, Map<String, List<Cell>>> rows = new LinkedHashMap<>();
    own.forEach(c ->
        rows.computeIfAbsent(c.question().label() + mark(c.question()), v -> new LinkedHashMap<>())
            .computeIfAbsent(column(c.question()), k -> new ArrayList<>())
            .add(c));
    rows.forEach((variant, row) -> {
      out.append("\n| ").append(variant).append(" |");
      for (String column : columns) {
        Set<String> texts = new LinkedHashSet<>();
        row.getOrDefault(column, List.of()).forEach(c -> texts.add(cell(c, letters)));
        out.append(' ').append(String.join(", ", texts)).append(" |");
      }
    });
    out.append('\n');
  }

  /** Plans share a column: each is for one variant, and for the correct one. */
  private static String column(Question question) {
    return question.plan() == null ? question.under() : "its plan";
  }

  private String cell(Cell cell, Map<String, String> letters) {
    List<String> parts = new ArrayList<>();
    cell.detections()
        .forEach((property, d) -> {
          String text = "%s %d/%d".formatted(letters.get(property), d.median(), d.worst());
          String partly =
              d.found() < scope.seeds() ? " (%d of %d)".formatted(d.found(), scope.seeds()) : "";
          boolean required = cell.question().required().contains(property);
          parts.add((required ? "**" + text + "**" : text) + partly);
        });
    String found = parts.isEmpty() ? cell.unmet() ? UNMET : SILENT : String.join(", ", parts);
    return cell.wrong().isEmpty() ? found : found + " ✗";
  }

  Map<String, @Nullable Object> data() {
    List<Map<String, @Nullable Object>> list = new ArrayList<>();
    for (Cell cell : cells) {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      Question question = cell.question();
      map.put("target", question.target());
      map.put("variant", question.variant());
      if (question.workload() != null) {
        map.put("workload", question.workload());
      }
      map.put("under", question.under());
      map.put("required", List.copyOf(new TreeSet<>(question.required())));
      map.put("allowed", List.copyOf(new TreeSet<>(question.allowed())));
      map.put("schedules", cell.schedules());
      Map<String, @Nullable Object> found = new LinkedHashMap<>();
      cell.detections().forEach((property, d) -> found.put(property, data(d)));
      map.put("found", found);
      map.put("wrong", cell.wrong());
      list.add(map);
    }
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("environment", scope.environment());
    map.put("seeds", (long) scope.seeds());
    map.put("schedules", scope.schedules());
    map.put("wrong", (long) wrong().size());
    map.put("cells", list);
    return map;
  }

  private static Map<String, @Nullable Object> data(Detection detection) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("seeds", (long) detection.found());
    map.put("median", detection.median());
    map.put("worst", detection.worst());
    return map;
  }
}
