package dev.faultline.cli.bench;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Checker;
import dev.faultline.checker.Checkers;
import dev.faultline.checker.Verdict;
import dev.faultline.checker.linear.Linearizability;
import dev.faultline.cli.bench.Line.Grade;
import dev.faultline.history.History;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What all rows share.
 *
 * @param scratch for files; removed at the end
 * @param histories recorded ones with a {@code MANIFEST.tsv}; null if there are none
 * @param scale sizes are divided by this, and nothing is graded unless it is 1
 */
record Room(
    Peers peers,
    Path scratch,
    @Nullable Path histories,
    int scale,
    Set<Integer> bars,
    Consumer<Line> out) {
  static final Duration CAP = Duration.ofMinutes(1);

  boolean wants(int... any) {
    for (int bar : any) {
      if (bars.contains(bar)) {
        return true;
      }
    }
    return false;
  }

  int size(int operations) {
    return Math.max(20, operations / scale);
  }

  void line(Line line) {
    if (bars.contains(line.bar())) {
      boolean graded = scale == 1 || line.grade() == Grade.OPEN;
      out.accept(
          graded
              ? line
              : new Line(
                  line.bar(),
                  line.what(),
                  line.floor(),
                  line.aim(),
                  line.ours(),
                  line.peer(),
                  line.ratio(),
                  Grade.NONE));
    }
  }

  void open(int bar, String what, String why) {
    line(new Line(bar, what, "", "", why, "", Double.NaN, Grade.OPEN));
  }

  /** The checker of a model. */
  static Checker checker(String model) {
    return Checkers.create("linearizable", Map.of("model", model));
  }

  /** The same without evidence, as peers check. */
  static Checker bare(String model) {
    return Linearizability.bare(checker(model));
  }

  static Verdict check(Checker checker, History history) {
    return checker.check(history, new Budget(CAP, Runtime.getRuntime().maxMemory() / 2));
  }

  /** As peers name it. */
  static String word(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Valid v -> "ok";
      case Verdict.Invalid i -> "illegal";
      case Verdict.Unknown u -> "unknown";
    };
  }
}
