package dev.faultline.reports;

import java.util.List;

/** Markdown blocks; all text is escaped here, code is fenced. */
final class Markdown {
  private final StringBuilder out = new StringBuilder();

  void heading(int level, String text) {
    gap();
    out.append("#".repeat(level)).append(' ').append(Escape.markdown(text)).append("\n\n");
  }

  void quote(String strong, String text) {
    out.append("> **").append(strong).append("** ").append(Escape.markdown(text)).append('\n');
  }

  void paragraph(String text) {
    gap();
    out.append(Escape.markdown(text)).append('\n');
  }

  void item(String text) {
    out.append("- ").append(Escape.markdown(text)).append('\n');
  }

  /** A table, or the words for when there are no rows. */
  void table(List<String> head, List<List<String>> rows, String otherwise) {
    if (rows.isEmpty()) {
      if (!otherwise.isEmpty()) {
        paragraph(otherwise);
      }
      return;
    }
    gap();
    row(head);
    out.append("| --- ".repeat(head.size())).append("|\n");
    rows.forEach(this::row);
  }

  private void row(List<String> cells) {
    cells.forEach(c -> out.append("| ").append(Escape.markdown(c)).append(' '));
    out.append("|\n");
  }

  /** A block of code; its fence is longer than any run of backticks in it. */
  void code(String language, String text) {
    gap();
    String fence = "```";
    while (text.contains(fence)) {
      fence += "`";
    }
    out.append(fence).append(language).append('\n').append(text.stripTrailing());
    out.append('\n').append(fence).append('\n');
  }

  /** A block of code that is folded away. */
  void details(String summary, String language, String text) {
    gap();
    out.append("<details><summary>").append(Escape.markup(summary)).append("</summary>\n");
    code(language, text);
    out.append("\n</details>\n");
  }

  /** One empty line, unless there is one already. */
  void gap() {
    if (!out.isEmpty() && !out.toString().endsWith("\n\n")) {
      out.append('\n');
    }
  }

  String text() {
    return out.toString().replace('\u00a0', ' ').stripTrailing() + "\n";
  }
}
