/**
 * From run spec and history to the verdict of a run. Start with {@link
 * dev.faultline.harness.judge.Judge} and {@link dev.faultline.harness.judge.Judgement}. Works from
 * files alone, without the target.
 */
@NullMarked
package dev.faultline.harness.judge;

import org.jspecify.annotations.NullMarked;
