/**
 * Ids that are given out; judged by whether each is given out once. Start with {@link
 * dev.faultline.workloads.uniqueids.UniqueIdsWorkload}.
 */
@NullMarked
package dev.faultline.workloads.uniqueids;

import org.jspecify.annotations.NullMarked;
