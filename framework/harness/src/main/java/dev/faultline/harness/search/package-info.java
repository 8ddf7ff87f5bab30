/**
 * Searches the schedules of a simulated target for a broken promise, and makes what it finds small.
 * Start with {@link dev.faultline.harness.search.Explorer} and {@link
 * dev.faultline.harness.search.Shrinker}. Everything is a function of spec, seed and index: no
 * clock decides what is found, only how long the search or a shrink goes on.
 */
@NullMarked
package dev.faultline.harness.search;

import org.jspecify.annotations.NullMarked;
