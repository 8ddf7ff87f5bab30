/**
 * Runs an experiment and judges it. To implement: {@link dev.faultline.harness.Target}, {@link
 * dev.faultline.harness.Workload}, {@link dev.faultline.harness.Environment} and {@link
 * dev.faultline.harness.Report}. Runner, generators and nemesis are code on one {@link
 * dev.faultline.harness.Scheduler}; nothing here knows a workload, target or format by name.
 */
@NullMarked
package dev.faultline.harness;

import org.jspecify.annotations.NullMarked;
