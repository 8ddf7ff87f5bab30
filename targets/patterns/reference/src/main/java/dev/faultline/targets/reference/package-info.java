/**
 * The reference: one node that keeps every kind of object there is a workload for, in memory with a
 * journal, and others that forward to it. It is simple enough to be obviously right, so a workload
 * or a fault that finds something in it is itself wrong; and each of its broken variants is what
 * one workload is for. Start with {@link dev.faultline.targets.reference.ReferenceNode}.
 */
@NullMarked
package dev.faultline.targets.reference;

import org.jspecify.annotations.NullMarked;
