/**
 * What happened in one run, in the order in which the harness saw it. Start with {@link
 * dev.faultline.history.History} (entries, and operations paired from them) and {@link
 * dev.faultline.history.HistoryFile} (reading the JSON lines of a run). Knows no checker, target or
 * clock: times are numbers that somebody stamped.
 */
@NullMarked
package dev.faultline.history;

import org.jspecify.annotations.NullMarked;
