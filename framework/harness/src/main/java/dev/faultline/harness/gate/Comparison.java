package dev.faultline.harness.gate;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Two ways to run a schedule that must come to the same.
 *
 * @param runs the two, for people
 */
record Comparison(String runs, Function<Ask, Figures> one, Function<Ask, Figures> other) {
  /** A block that no longer differs when it is run again is looked for anew so often. */
  private static final int TRIES = 5;

  private static final String ENDED = "(the run has ended)";

  /** What differs, or null. */
  @Nullable Difference of(Ask ask, Figures a, Figures b) {
    if (!a.plan().equals(b.plan())) {
      return difference(ask, a, "have different plans", List.of(), a.plan(), b.plan());
    }
    int block = a.differs(b);
    if (block >= 0) {
      return locate(ask, a, block);
    }
    boolean decided = !a.verdict().startsWith("UNKNOWN") && !b.verdict().startsWith("UNKNOWN");
    if (decided && !a.verdict().equals(b.verdict())) {
      return difference(ask, a, "have different verdicts", List.of(), a.verdict(), b.verdict());
    }
    return null;
  }

  /** Runs both again, keeping the events of the block; it may be another one this time. */
  private Difference locate(Ask ask, Figures found, int block) {
    int at = block;
    for (int i = 0; i < TRIES; i++) {
      Figures a = one.apply(ask.keeping(at));
      Figures b = other.apply(ask.keeping(at));
      int again = a.differs(b);
      if (again == at) {
        return line(ask, a, b);
      }
      at = again < 0 ? at : again;
    }
    return difference(
        ask,
        found,
        "differ between events %,d and %,d"
            .formatted(block * (long) TraceHash.BLOCK + 1, (block + 1L) * TraceHash.BLOCK),
        List.of(),
        "(not shown again in " + TRIES + " more runs)",
        "");
  }

  private Difference line(Ask ask, Figures a, Figures b) {
    int i = 0;
    while (i < Math.min(a.kept().size(), b.kept().size())
        && a.kept().get(i).equals(b.kept().get(i))) {
      i++;
    }
    return difference(
        ask,
        a,
        "differ at event %,d".formatted(a.keptFrom() + i + 1),
        a.kept().subList(Math.max(0, i - 3), i),
        i < a.kept().size() ? a.kept().get(i) : ENDED,
        i < b.kept().size() ? b.kept().get(i) : ENDED);
  }

  private Difference difference(
      Ask ask, Figures a, String what, List<String> before, String first, String second) {
    return new Difference(ask.target(), ask.index(), a.seed(), runs, what, before, first, second);
  }
}
