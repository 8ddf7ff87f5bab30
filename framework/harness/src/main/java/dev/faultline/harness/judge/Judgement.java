package dev.faultline.harness.judge;

import dev.faultline.checker.Verdict;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run proves.
 *
 * @param status the verdict
 * @param reasons why it is void or unknown, each with what to change; empty otherwise
 * @param findings every property that was judged, in the order to tell them
 * @param faults every fault of the plan and what became of it
 * @param exercised what was done
 * @param coverage what was done during each fault
 * @param sensitivity what a valid run would have shown of mistakes; empty where that is not
 *     measured
 */
public record Judgement(
    Status status,
    List<String> reasons,
    List<Finding> findings,
    List<FaultRecord> faults,
    Exercised exercised,
    Coverage coverage,
    List<Sensitivity> sensitivity) {
  /** A judgement of a run without faults. */
  public Judgement(
      Status status,
      List<String> reasons,
      List<Finding> findings,
      List<FaultRecord> faults,
      Exercised exercised) {
    this(status, reasons, findings, faults, exercised, Coverage.NONE, List.of());
  }

  /** The same with what was measured of mistakes. */
  Judgement with(List<Sensitivity> measured) {
    return new Judgement(
        status, reasons, findings, faults, exercised, coverage, List.copyOf(measured));
  }

  /** The verdict of a run, worst first. */
  public enum Status {
    INVALID(1),
    VOID(2),
    UNKNOWN(2),
    VALID(0);

    private final int exitCode;

    Status(int exitCode) {
      this.exitCode = exitCode;
    }

    /** The exit code of the command line. */
    public int exitCode() {
      return exitCode;
    }
  }

  /**
   * One property.
   *
   * @param standing why it counts ({@code claimed}, {@code expected}) or does not ({@code
   *     observed}, with the reason)
   */
  public record Finding(
      String property, String summary, Standing standing, String reason, Verdict verdict) {
    /** Whether it is broken and that counts. */
    public boolean fails() {
      return standing != Standing.OBSERVED && verdict instanceof Verdict.Invalid;
    }
  }

  /** Whether a property counts. */
  public enum Standing {
    CLAIMED,
    EXPECTED,
    OBSERVED
  }

  /**
   * What became of a fault.
   *
   * @param kind as {@link dev.faultline.spec.FaultKinds} has it, or several joined by {@code +}
   * @param target whom it hit, for people
   * @param start nanoseconds since the run's start; -1 if it never started
   * @param end likewise; -1 if it never ended
   * @param proven whether its effect was seen
   * @param receipt what proved it, or why there is no proof
   */
  public record FaultRecord(
      String id,
      String kind,
      String target,
      long start,
      long end,
      boolean proven,
      Map<String, @Nullable Object> receipt) {}

  /**
   * Counts.
   *
   * @param byFunction function to {@code ok}, {@code fail}, {@code info} counts
   * @param events node event name to count
   * @param duringFaults operations that were open while some fault was active
   */
  public record Exercised(
      long operations,
      long ok,
      long fail,
      long info,
      Map<String, Map<String, Long>> byFunction,
      Map<String, Long> events,
      long duringFaults,
      long durationNanos) {}

  /**
   * Whether it is void for no other reason than that some faults of the plan never started, had no
   * effect that was seen, or met no operation, while others did: everything held under those. A run
   * by itself proves less than was planned; a search, whose plans nobody chose, may count it.
   */
  public boolean heldUnderFewerFaults() {
    long idle =
        faults.stream().filter(f -> !f.proven() && !f.receipt().containsKey("not ended")).count();
    long unmet = coverage.rows().stream().filter(row -> row.unmet() != null).count();
    return status == Status.VOID
        && reasons.size() == idle + unmet
        && faults.stream().filter(FaultRecord::proven).count() > unmet;
  }

  /** The finding to tell first: the first that fails, or null. */
  public @Nullable Finding headline() {
    return findings.stream().filter(Finding::fails).findFirst().orElse(null);
  }
}
