/**
 * What objects do when their operations come one after another. Start with {@link
 * dev.faultline.checker.model.Model}, which a user writes in ten lines, and {@link
 * dev.faultline.checker.model.Models}, the ones that there are. Knows nothing of how orders are
 * searched for.
 */
@NullMarked
package dev.faultline.checker.model;

import org.jspecify.annotations.NullMarked;
