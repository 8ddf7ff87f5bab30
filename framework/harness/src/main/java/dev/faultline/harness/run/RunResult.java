package dev.faultline.harness.run;

import dev.faultline.harness.judge.Judgement;
import dev.faultline.history.History;
import dev.faultline.spec.RunSpec;
import java.nio.file.Path;

/** A finished run: its directory holds everything, and this its essence. */
public record RunResult(RunSpec run, History history, Judgement judgement, Path dir) {}
