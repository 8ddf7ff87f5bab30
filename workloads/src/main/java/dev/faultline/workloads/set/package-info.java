/**
 * Elements added to sets; judged by what is there at the end, and by what reads showed. Start with
 * {@link dev.faultline.workloads.set.SetWorkload}.
 */
@NullMarked
package dev.faultline.workloads.set;

import org.jspecify.annotations.NullMarked;
