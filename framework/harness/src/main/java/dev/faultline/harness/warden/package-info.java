/**
 * Sees that nothing outlives the harness, however it dies. Start with {@link
 * dev.faultline.harness.warden.ProcessWarden}, the harness's side, and {@link
 * dev.faultline.harness.warden.WardenMain}, the process of its own that does the work. It knows
 * processes, directories and {@link dev.faultline.harness.Warden.Leftovers}, and no environment.
 */
@NullMarked
package dev.faultline.harness.warden;

import org.jspecify.annotations.NullMarked;
