package dev.faultline.junit;

import dev.faultline.harness.judge.Judgement;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a target under faults, once for each seed, and fails unless the verdict is the one demanded;
 * {@code VOID} and {@code UNKNOWN} fail as well, since they prove nothing:
 *
 * <pre>{@code
 * @FaultTest(target = "grants", faults = {"pause", "partition"})
 * void nobodyWritesWithAnOldToken(RunResult run) {
 *   assertThat(run.judgement().exercised().events()).containsKey("granted");
 * }
 * }</pre>
 *
 * The method's body is called after the run, and only if the verdict was right; it may take the
 * {@link dev.faultline.harness.run.RunResult}. Everything about a run lies under {@code
 * target/faultline/CLASS/METHOD/SEED/}. Runs of one JVM never overlap, as they would take each
 * other's time.
 *
 * <p>Configuration parameters, or system properties: {@code faultline.seed} (one seed, or several
 * with commas between, instead of the method's own), {@code faultline.runs} (instead of {@link
 * #runs()}), {@code faultline.out} (instead of {@code target/faultline}), {@code
 * faultline.requireDocker} ({@code true}: an environment that is not available fails the test
 * instead of skipping it).
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(FaultExtension.class)
public @interface FaultTest {
  /** {@code TARGET} or {@code TARGET:VARIANT}. */
  String target();

  /** The workload; the target's first if empty. */
  String workload() default "";

  /** The environment; the target's first if empty. */
  String environment() default "";

  /** Fault kinds for a plan made from the seed; all that the target claims to bear if empty. */
  String[] faults() default {};

  /** A file with a fault plan, or a resource on the class path, instead of {@link #faults()}. */
  String plan() default "";

  /** How many seeds; they are derived from class and method, so they stay the same. */
  int runs() default 3;

  /** Length of a run's main phase. */
  String time() default "8s";

  /** Options of target and workload, such as {@code ttl=1s}. */
  String[] options() default {};

  /** Properties that count besides the claims; {@code all} for the workload's. */
  String[] expect() default {};

  /** How many nodes; 0 for the target's default. */
  int nodes() default 0;

  /** How many clients; 0 for the workload's default. */
  int concurrency() default 0;

  /** Operations a second over all clients; 0 for the workload's own pace. */
  double rate() default 0;

  /** The verdict that is demanded. */
  Judgement.Status verdict() default Judgement.Status.VALID;

  /** With {@link #verdict()} {@code INVALID}: the property that must be broken; any if empty. */
  String property() default "";

  /**
   * Whether it is enough that one of the runs ends as demanded: for a defect that not every seed
   * brings to light. Runs that do not are reported as aborted; the last one fails if none did, and
   * the first that does ends the search.
   */
  boolean anyRun() default false;
}
