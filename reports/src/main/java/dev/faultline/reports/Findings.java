package dev.faultline.reports;

import dev.faultline.checker.Verdict;
import dev.faultline.harness.Report;
import dev.faultline.harness.judge.Judgement;
import dev.faultline.harness.judge.Judgement.Finding;
import dev.faultline.harness.judge.Judgement.Standing;
import dev.faultline.spec.FaultPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The findings of a judgement, sorted into what is told where; and the sentence on top. */
record Findings(
    List<Finding> broken,
    List<Finding> held,
    List<Finding> undecided,
    List<Finding> observedBroken,
    List<Finding> observedOther) {

  static Findings of(Judgement judgement) {
    List<Finding> broken = new ArrayList<>();
    List<Finding> held = new ArrayList<>();
    List<Finding> undecided = new ArrayList<>();
    List<Finding> observedBroken = new ArrayList<>();
    List<Finding> observedOther = new ArrayList<>();
    for (Finding finding : judgement.findings()) {
      boolean counts = finding.standing() != Standing.OBSERVED;
      switch (finding.verdict()) {
        case Verdict.Invalid i -> (counts ? broken : observedBroken).add(finding);
        case Verdict.Valid v -> (counts ? held : observedOther).add(finding);
        case Verdict.Unknown u -> (counts ? undecided : observedOther).add(finding);
      }
    }
    return new Findings(broken, held, undecided, observedBroken, observedOther);
  }

  /** The finding whose witness is told first, counting or not; null when nothing is broken. */
  @Nullable Finding told() {
    return !broken.isEmpty()
        ? broken.get(0)
        : observedBroken.isEmpty() ? null : observedBroken.get(0);
  }

  /** Verdict, claim and target in one sentence. */
  static String lead(Report.Input input) {
    String target = input.run().targetName();
    Judgement judgement = input.judgement();
    Findings findings = of(judgement);
    return switch (judgement.status()) {
      case INVALID -> {
        Finding first = judgement.headline();
        yield first == null
            ? target + " broke a promise" + under(input.run().plan()) + "."
            : target
                + (first.standing() == Standing.CLAIMED ? " broke its claim " : " broke ")
                + first.property()
                + under(input.run().plan())
                + (first.standing() == Standing.CLAIMED ? "." : "; it was expected to hold.");
      }
      case VALID -> target + " kept " + kept(findings.held) + under(input.run().plan()) + ".";
      case VOID ->
          "The experiment did not happen as planned, so it says nothing about " + target + ".";
      case UNKNOWN -> {
        List<String> names = findings.undecided.stream().map(Finding::property).toList();
        yield names.isEmpty()
            ? "Whether " + target + " kept its promises could not be decided."
            : "Whether " + target + " kept " + Words.list(names) + " could not be decided.";
      }
    };
  }

  /** A property with nothing to examine was not tested, so it is not among those kept. */
  private static String kept(List<Finding> held) {
    long tested = held.stream().filter(f -> !glyph(f.verdict()).equals("–")).count();
    if (tested < held.size()) {
      return "%d of the %d properties it was held to (the others had nothing to examine)"
          .formatted(tested, held.size());
    }
    return held.size() == 1
        ? held.get(0).property()
        : "all " + held.size() + " properties it was held to";
  }

  private static String under(FaultPlan plan) {
    List<String> kinds = List.copyOf(new TreeSet<>(plan.kinds()));
    return kinds.isEmpty() ? ", without faults" : " under " + Words.list(kinds);
  }

  /**
   * Why a finding does or does not count: {@code claimed}, {@code observed: not claimed under …}.
   */
  static String standing(Finding finding) {
    String word = finding.standing().name().toLowerCase(java.util.Locale.ROOT);
    return finding.reason().isEmpty() ? word : word + ": " + finding.reason();
  }

  /** A sign beside the words; what had nothing to examine gets no tick. */
  static String glyph(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Valid v -> v.examined() == 0 ? "–" : "✓";
      case Verdict.Invalid i -> "✕";
      case Verdict.Unknown u -> "?";
    };
  }

  /** One line on what a verdict says. */
  static String says(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Valid v ->
          v.examined() == 0 ? "nothing to examine" : Words.count(v.examined()) + " examined";
      case Verdict.Invalid i -> i.witness().sentence();
      case Verdict.Unknown u -> u.reason() + (u.remedy().isEmpty() ? "" : "; " + u.remedy());
    };
  }
}
