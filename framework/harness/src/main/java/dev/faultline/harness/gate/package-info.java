/**
 * Asserts that a run in virtual time is the same whenever and wherever it is repeated: twice in one
 * JVM, heard and unheard, and in a second JVM with other flags. Start with {@link
 * dev.faultline.harness.gate.Gate}.
 */
@NullMarked
package dev.faultline.harness.gate;

import org.jspecify.annotations.NullMarked;
