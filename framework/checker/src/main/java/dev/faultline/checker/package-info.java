/**
 * Decides from a history whether a promise was kept. Start with {@link
 * dev.faultline.checker.Checker} and {@link dev.faultline.checker.Checkers} (the registry). Usable
 * alone: knows no target, workload, fault or clock but the budget's.
 */
@NullMarked
package dev.faultline.checker;

import org.jspecify.annotations.NullMarked;
