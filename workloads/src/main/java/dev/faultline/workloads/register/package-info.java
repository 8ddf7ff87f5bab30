/**
 * Registers under many keys: read, write and compare-and-set, judged by linearizability. Start with
 * {@link dev.faultline.workloads.register.RegisterWorkload}.
 */
@NullMarked
package dev.faultline.workloads.register;

import org.jspecify.annotations.NullMarked;
