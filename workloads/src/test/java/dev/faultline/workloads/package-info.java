/** Generators of the workloads, rehearsed in virtual time. */
@NullMarked
package dev.faultline.workloads;

import org.jspecify.annotations.NullMarked;
