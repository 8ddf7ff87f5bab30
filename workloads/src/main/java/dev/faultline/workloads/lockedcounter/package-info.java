/**
 * A counter that only a lock protects; judged by what is left of the increments. Start with {@link
 * dev.faultline.workloads.lockedcounter.LockedCounterWorkload}.
 */
@NullMarked
package dev.faultline.workloads.lockedcounter;

import org.jspecify.annotations.NullMarked;
