/**
 * Rules over leases, fencing tokens, leaders, committed logs and counters; {@link
 * dev.faultline.checker.rules.RulesFactory} lists them and {@code docs/checkers.md} states them.
 *
 * <p>Three things hold for all of them. Precedence between operations is the order of lines. A node
 * event is seen late, so its stamp may stand where a return may, never where an invocation must. An
 * {@code info} operation may have happened, late or not at all: it excuses, it never accuses.
 */
@NullMarked
package dev.faultline.checker.rules;

import org.jspecify.annotations.NullMarked;
