/** Clients that hold a lease for as long as they can. */
@NullMarked
package dev.faultline.workloads.lease;

import org.jspecify.annotations.NullMarked;
