/**
 * Holders of a lease write to a log with their tokens; judged by the order in the log and by the
 * rules of leases. Start with {@link dev.faultline.workloads.fencedlog.FencedLogWorkload}.
 */
@NullMarked
package dev.faultline.workloads.fencedlog;

import org.jspecify.annotations.NullMarked;
