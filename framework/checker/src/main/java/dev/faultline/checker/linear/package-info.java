/**
 * Linearizability. Start with {@link dev.faultline.checker.linear.Linearizable}, the checker.
 * Inside, a {@link dev.faultline.checker.linear.StepModel} codes operations as steps (what state
 * each needs and what state it makes), a {@link dev.faultline.checker.linear.Linearizer} decides
 * whether steps can be ordered, and everything a person sees is made from its answer. Knows nothing
 * of targets, faults or files.
 */
@NullMarked
package dev.faultline.checker.linear;

import org.jspecify.annotations.NullMarked;
