/**
 * Linearizability. Start with {@link dev.faultline.checker.linear.Linearizable}, the checker: a
 * {@link dev.faultline.checker.linear.Subject} takes a history apart into {@link
 * dev.faultline.checker.linear.Part}s, which are decided by a monitor or by a search and say why. A
 * {@link dev.faultline.checker.linear.StepModel} codes operations of small state machines as steps
 * (what state each needs and what state it makes); any other model is asked for its moves. {@link
 * dev.faultline.checker.linear.Search} tells what may follow in a search, {@link
 * dev.faultline.checker.linear.Race} runs two engines over it. Knows nothing of targets, faults or
 * files.
 */
@NullMarked
package dev.faultline.checker.linear;

import org.jspecify.annotations.NullMarked;
