/**
 * JSON as plain Java values: the one data language of specs, histories and messages. Start with
 * {@link dev.faultline.json.Json} (text to values and back) and {@link dev.faultline.json.JsonView}
 * (reading values with errors that name the place). Knows nothing of what the values mean.
 */
@NullMarked
package dev.faultline.json;

import org.jspecify.annotations.NullMarked;
