/**
 * What a person or a machine reads after a run: terminal text, one HTML page, JSON, JUnit XML and a
 * Markdown case study. Start with {@link dev.faultline.reports.TextReport} and {@link
 * dev.faultline.reports.HtmlReport}; {@link dev.faultline.reports.Story} is the witness that both
 * tell. Reads run spec, history and judgement; decides nothing, reads no clock, loads nothing from
 * outside, and must not know a target, a workload or an environment.
 */
@NullMarked
package dev.faultline.reports;

import org.jspecify.annotations.NullMarked;
