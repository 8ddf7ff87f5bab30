/**
 * From a request to a run directory with its verdict. Start with {@link
 * dev.faultline.harness.run.Experiment}.
 */
@NullMarked
package dev.faultline.harness.run;

import org.jspecify.annotations.NullMarked;
