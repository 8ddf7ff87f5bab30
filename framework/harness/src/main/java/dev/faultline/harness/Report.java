package dev.faultline.harness;

import dev.faultline.harness.judge.Judgement;
import dev.faultline.history.History;
import dev.faultline.spec.RunSpec;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;

/**
 * One format of report. Found by {@link java.util.ServiceLoader}. Decides nothing; the same input
 * gives the same text.
 */
public interface Report {
  /** Such as {@code html}. */
  String id();

  /** Name of the file in the run directory, such as {@code report.html}. */
  String fileName();

  void write(Input input, Writer out) throws IOException;

  /** A report that also makes the text for a terminal; there is one. */
  interface Screen extends Report {
    /**
     * The text, with a line end after each line.
     *
     * @param width columns
     * @param colour whether to use ANSI colours, which carry nothing that the words do not
     */
    String show(Input input, int width, boolean colour);
  }

  /** A report whose text is one JSON object: what {@code --json} prints; there is one. */
  interface Data extends Report {}

  /**
   * What a report is made from.
   *
   * @param dir the run directory, for the nodes' logs
   * @param again the command that repeats the run
   */
  record Input(RunSpec run, History history, Judgement judgement, Path dir, String again) {}
}
