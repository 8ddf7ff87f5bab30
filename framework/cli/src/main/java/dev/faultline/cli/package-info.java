/**
 * The {@code faultline} command: reads what a person asks, calls {@link
 * dev.faultline.harness.run.Experiment}, shows what comes of it. Start with {@link
 * dev.faultline.cli.Main}. Results go to standard output, progress and errors to the error stream.
 * Knows no target, workload, environment or report by name: it lists what {@link
 * dev.faultline.harness.run.Catalog} finds.
 */
@NullMarked
package dev.faultline.cli;

import org.jspecify.annotations.NullMarked;
