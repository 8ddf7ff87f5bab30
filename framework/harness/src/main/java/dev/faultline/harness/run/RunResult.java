package dev.faultline.harness.run;

import dev.faultline.harness.judge.Judgement;
import dev.faultline.history.History;
import dev.faultline.spec.RunSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A finished run: its directory holds everything, and this its essence.
 *
 * @param notes what is to be known of the files, such as a torn last line; changes no verdict
 */
public record RunResult(
    RunSpec run, History history, Judgement judgement, Path dir, List<String> notes) {
  /** The same with more to be known. */
  RunResult noting(List<String> more) {
    return new RunResult(
        run, history, judgement, dir, Stream.concat(notes.stream(), more.stream()).toList());
  }
}
