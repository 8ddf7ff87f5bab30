/**
 * Histories as other tools write them. Start with {@link dev.faultline.history.formats.Formats},
 * which reads and writes them, and {@link dev.faultline.history.formats.Meaning}, which says how a
 * file was understood. What each format is stands in {@code docs/formats.md}. Knows no checker:
 * models and properties are named by their ids.
 */
@NullMarked
package dev.faultline.history.formats;

import org.jspecify.annotations.NullMarked;
