package dev.faultline.junit;

import dev.faultline.harness.judge.Judgement;
import dev.faultline.harness.search.Strategy;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Searches simulated schedules of a target for a broken promise, on one thread and in memory:
 *
 * <pre>{@code
 * @SimTest(target = "grants", schedules = 500)
 * void nobodyWritesWithAnOldToken() {}
 * }</pre>
 *
 * The search ends at the first schedule that is invalid. That is run again, must be the same, and
 * is made small; the test then fails with the witness of the small run. Its files, with a replay
 * file for {@code faultline replay}, lie under {@code target/faultline/CLASS/METHOD/SEED/}.
 * Schedules that prove nothing ({@code VOID}, {@code UNKNOWN}) are passed over, but not all may be
 * so.
 *
 * <p>With {@link #verdict()} {@code INVALID} it is the other way about: the test passes when one of
 * the schedules is invalid.
 *
 * <p>The method's body is called after the search, and only if it ended as demanded; it may take
 * the {@link dev.faultline.harness.search.Summary}. It needs {@code faultline-sim} on the class
 * path.
 *
 * <p>Configuration parameters, or system properties: {@code faultline.seed} (schedules by their own
 * seeds, with commas between, as the message of a failure has them, instead of a search), {@code
 * faultline.schedules} (instead of {@link #schedules()}), {@code faultline.out} (instead of {@code
 * target/faultline}).
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Test
@ExtendWith(SimExtension.class)
public @interface SimTest {
  /** {@code TARGET} or {@code TARGET:VARIANT}. */
  String target();

  /** How many to try; they are derived from class and method, so they stay the same. */
  int schedules() default 500;

  /** The workload; the target's first if empty. */
  String workload() default "";

  /** Fault kinds to choose from; all that the target claims to bear if empty; or {@code none}. */
  String[] faults() default {};

  /** How faults are chosen. */
  Strategy strategy() default Strategy.BEST;

  /** Virtual time of each; what the target calls for if empty. */
  String length() default "";

  /** Options of target and workload, such as {@code ttl=1s}. */
  String[] options() default {};

  /** Properties that count besides the claims; {@code all} for the workload's. */
  String[] expect() default {};

  /** How many nodes; 0 for the target's default. */
  int nodes() default 0;

  /** How many clients; 0 for the workload's default. */
  int concurrency() default 0;

  /** Operations a second over all clients; 0 for what the target calls for. */
  double rate() default 0;

  /** {@code VALID}: of all schedules; {@code INVALID}: of at least one. */
  Judgement.Status verdict() default Judgement.Status.VALID;

  /** With {@link #verdict()} {@code INVALID}: the property that must be broken; any if empty. */
  String property() default "";
}
