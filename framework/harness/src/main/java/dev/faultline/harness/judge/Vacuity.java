package dev.faultline.harness.judge;

import dev.faultline.harness.judge.Measure.Stretch;
import dev.faultline.history.Entry;
import dev.faultline.json.Durations;
import dev.faultline.spec.Fault;
import dev.faultline.spec.RunSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which of the run's minimums it stays below, each in a sentence that names the cell and what to
 * change. What counts is what was open while a fault or its recovery lasted; that something was ok
 * meanwhile is demanded only where the system is promised to be usable.
 */
final class Vacuity {
  /** So many operations in a row may be refused by chance. */
  private static final long FEW = 3;

  private final RunSpec run;
  private final Measure measure;

  Vacuity(RunSpec run, Measure measure) {
    this.run = run;
    this.measure = measure;
  }

  /** What is wrong with the run as a whole. */
  List<String> ofRun() {
    List<String> reasons = new ArrayList<>();
    if (measure.pairs() < run.minimums().pairs()) {
      reasons.add(
          below(
              "the run",
              "conflicting pairs (one key, at one time, one of them a change)",
              measure.pairs(),
              run.minimums().pairs(),
              "use fewer keys, more clients (--concurrency) or a higher --rate"));
    }
    long begun = measure.stretches().stream().mapToLong(s -> s.from).min().orElse(-1);
    long settle = run.minimums().settle().toNanos();
    if (begun >= settle && measure.okBefore() < run.minimums().before()) {
      reasons.add(
          below(
              "before the first fault",
              "operations that were ok",
              measure.okBefore(),
              run.minimums().before(),
              "start the faults later, or see nodes/*/ for why nothing worked until then"));
    }
    if (!measure.stretches().isEmpty()) {
      new TreeMap<>(run.minimums().functions())
          .forEach((f, least) -> {
            long seen = measure.effective(f);
            if (seen < least) {
              reasons.add(
                  below(
                      "all faults and recoveries",
                      f + " that may have taken effect",
                      seen,
                      least,
                      "make the faults longer, or raise --rate or --time"));
            }
          });
    }
    return reasons;
  }

  /** What is wrong with a fault by itself; null if it was met. */
  @Nullable String ofFault(Stretch stretch) {
    if (stretch.effective < run.minimums().during()) {
      return below(
          cell(stretch),
          "operations that may have taken effect while it or its recovery lasted",
          stretch.effective,
          run.minimums().during(),
          "place it where clients are at work, make it longer, or raise --rate");
    }
    if (stretch.okAfter < run.minimums().after()) {
      return below(
          cell(stretch),
          "operations that were ok once it was over",
          stretch.okAfter,
          run.minimums().after(),
          "end it earlier, or raise --time");
    }
    return run.minimums().inside() > 0 && stretch.alone ? inside(stretch) : null;
  }

  /** A fault in which everything is refused tests nothing, however long it lasts. */
  private @Nullable String inside(Stretch stretch) {
    long lasted = stretch.to - stretch.from;
    Duration usable = run.minimums().usableWithin();
    Set<String> hit = hit(stretch.story);
    boolean spared = run.minimums().spared().stream().anyMatch(hit::contains);
    if (hit.isEmpty() || (usable != null && !spared)) {
      return null;
    }
    if (usable != null
        && lasted >= usable.toNanos()
        && stretch.served < run.minimums().inside()
        && stretch.invoked >= FEW) {
      return below(
          cell(stretch),
          "operations that were asked and ok while it lasted, and the target claims to be usable"
              + " within "
              + Durations.format(usable),
          stretch.served,
          run.minimums().inside(),
          "see nodes/*/ for why the target did not serve");
    }
    long accepted = stretch.invoked - stretch.refused;
    return lasted >= run.minimums().settle().toNanos()
            && accepted < run.minimums().inside()
            && stretch.invoked >= FEW
        ? below(
            cell(stretch),
            "of the %d operations asked while it lasted, those not refused"
                .formatted(stretch.invoked),
            accepted,
            run.minimums().inside(),
            "let clients reach nodes that serve, or hit fewer nodes")
        : null;
  }

  /**
   * The nodes any one of which could be said to be missing because of this fault: killed, frozen,
   * or cut off in both directions. Empty for faults that leave every node some use.
   */
  private static Set<String> hit(FaultStory story) {
    Entry.Fault start = story.start();
    if (start == null) {
      return Set.of();
    }
    return switch (story.fault()) {
      case Fault.Kill k -> named(start);
      case Fault.Pause p -> named(start);
      case Fault.Stop s -> named(start);
      case Fault.Partition p -> isolated(start);
      default -> Set.of();
    };
  }

  private static Set<String> named(Entry.Fault start) {
    return start.value().get("node") instanceof String node ? Set.of(node) : Set.of();
  }

  private static Set<String> isolated(Entry.Fault start) {
    if (!(start.value().get("links") instanceof List<?> links)) {
      return Set.of();
    }
    Set<Object> all = new HashSet<>(links);
    Set<String> common = null;
    for (Object link : links) {
      String[] ends = String.valueOf(link).split("→", 2);
      if (ends.length < 2 || !all.contains(ends[1] + "→" + ends[0])) {
        return Set.of();
      }
      Set<String> both = new HashSet<>(List.of(ends));
      if (common != null) {
        both.retainAll(common);
      }
      common = both;
    }
    return common == null ? Set.of() : common;
  }

  private static String cell(Stretch stretch) {
    return "%s %s %s (%s to %s)"
        .formatted(
            stretch.story.record().id(),
            stretch.story.record().kind(),
            stretch.story.record().target(),
            seconds(stretch.from),
            seconds(stretch.to));
  }

  private static String below(String cell, String what, long seen, long least, String change) {
    return "vacuous: %s × %s: %d, want at least %d; %s".formatted(cell, what, seen, least, change);
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
  }
}
