/**
 * Amounts added to counters; judged by what reads may show. Start with {@link
 * dev.faultline.workloads.counter.CounterWorkload}.
 */
@NullMarked
package dev.faultline.workloads.counter;

import org.jspecify.annotations.NullMarked;
