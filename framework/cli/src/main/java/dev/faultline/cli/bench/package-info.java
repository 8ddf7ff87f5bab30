/**
 * {@code bench checker}: the checker against the bars that it is to reach, and against peers on the
 * same histories. Start with {@link dev.faultline.cli.bench.CheckerBench}.
 */
@NullMarked
package dev.faultline.cli.bench;

import org.jspecify.annotations.NullMarked;
