/**
 * Rules of shared objects: sets, counters, queues and the like. Exact, and near-linear in the
 * length of a history and of what its reads show. {@code docs/checkers.md} states each rule. Start
 * with {@link dev.faultline.checker.objects.ObjectsFactory}.
 */
@NullMarked
package dev.faultline.checker.objects;

import org.jspecify.annotations.NullMarked;
