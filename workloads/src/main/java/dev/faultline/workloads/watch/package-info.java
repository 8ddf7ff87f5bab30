/**
 * Keys that are put and watched; judged by what watches tell. Start with {@link
 * dev.faultline.workloads.watch.WatchWorkload}.
 */
@NullMarked
package dev.faultline.workloads.watch;

import org.jspecify.annotations.NullMarked;
