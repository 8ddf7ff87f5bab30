/**
 * A universe of virtual threads, carried by one platform thread, with timers and sockets in virtual
 * time. Runs in the JVM that {@link dev.faultline.blocking.Blocking} starts.
 */
@NullMarked
package dev.faultline.blocking.kernel;

import org.jspecify.annotations.NullMarked;
