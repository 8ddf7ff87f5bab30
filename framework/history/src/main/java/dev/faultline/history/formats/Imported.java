package dev.faultline.history.formats;

import dev.faultline.history.History;
import org.jspecify.annotations.Nullable;

/**
 * What was read from a file.
 *
 * @param history empty for transactions
 * @param meaning how it was understood
 * @param leftOut which torn last line was left out, and why; null if none was
 */
public record Imported(History history, Meaning meaning, @Nullable String leftOut) {}
