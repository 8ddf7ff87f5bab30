/**
 * What clients do to targets and how it is judged, one package each: a client interface, a
 * generator, the checkers. A workload knows no target; it knows the interface that targets offer.
 */
@NullMarked
package dev.faultline.workloads;

import org.jspecify.annotations.NullMarked;
