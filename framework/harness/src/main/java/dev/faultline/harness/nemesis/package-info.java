/**
 * Carries a fault plan out on a cluster and proves each fault. Start with {@link
 * dev.faultline.harness.nemesis.Nemesis}. Event-driven on the run's loop; knows no environment, and
 * no target but by the selectors that it declares.
 */
@NullMarked
package dev.faultline.harness.nemesis;

import org.jspecify.annotations.NullMarked;
