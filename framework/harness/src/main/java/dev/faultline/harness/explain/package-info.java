/**
 * Why a simulated run is invalid: what happened in it, which of that can have led to the wrong
 * result, and pictures of it. Start with {@link dev.faultline.harness.explain.Explanations}.
 * Decides nothing; what it finds is written to files, from which the reports are made.
 */
@NullMarked
package dev.faultline.harness.explain;

import org.jspecify.annotations.NullMarked;
