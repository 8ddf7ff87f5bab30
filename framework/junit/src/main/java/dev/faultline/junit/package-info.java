/**
 * Fault runs as JUnit 5 tests. Start with {@link dev.faultline.junit.FaultTest}, or {@link
 * dev.faultline.junit.SimTest} for searches in virtual time. Compiled against JUnit 5.14 and
 * without anything that JUnit 6 has removed. Knows no target, workload or report: they are found on
 * the class path.
 */
@NullMarked
package dev.faultline.junit;

import org.jspecify.annotations.NullMarked;
